package io.annals.app.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.annals.command.log.GroupCommitter;
import io.annals.events.log.LoggedEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What decisions and events take from things that are few and hardly change, kept for a while. A
 * change decided on this node is seen at once, one of another node after {@link #KEPT} at the
 * latest.
 */
final class RecentFacts<F> {
  /** PREFECT_SERVER_EVENTS_RELATED_RESOURCE_CACHE_TTL: names in events may lag by so much. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private static final long MAX_FACTS = 1_000;

  private final Cache<UUID, F> recent =
      Caffeine.newBuilder()
          .executor(Runnable::run) // waking a thread costs more than its upkeep
          .maximumSize(MAX_FACTS)
          .expireAfterWrite(KEPT)
          .build();

  private final AtomicLong changes = new AtomicLong();
  private final Function<UUID, Optional<F>> find;

  private RecentFacts(Function<UUID, Optional<F>> find) {
    this.find = find;
  }

  /**
   * Facts that events of one kind change.
   *
   * @param changed whom such an event is about
   * @param find looks the facts up
   */
  static <F, E> RecentFacts<F> of(
      GroupCommitter committer,
      Class<E> kind,
      Function<E, UUID> changed,
      Function<UUID, Optional<F>> find) {
    RecentFacts<F> facts = new RecentFacts<>(find);
    committer.listen(
        (events, characters) -> {
          for (LoggedEvent event : events) {
            if (kind.isInstance(event.payload())) {
              facts.forget(changed.apply(kind.cast(event.payload())));
            }
          }
        });
    return facts;
  }

  private void forget(UUID id) {
    changes.incrementAndGet();
    recent.invalidate(id);
  }

  Optional<F> byId(UUID id) {
    Optional<F> known = Optional.ofNullable(recent.getIfPresent(id));
    if (known.isEmpty()) {
      long before = changes.get();
      known = find.apply(id);
      known.ifPresent(facts -> recent.put(id, facts));
      if (changes.get() != before) {
        recent.invalidate(id); // what was found may have been changed before it was kept
      }
    }
    return known;
  }
}
