package io.annals.query.flowrun;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.log.LoggedEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs that this node has just created, for the answer to whoever asked for one: what the tables
 * would say, without a look at them.
 */
public final class FreshFlowRuns {
  /** Creations whose answers are under way; few, since each may bring half a megabyte along. */
  private static final int MAX_RUNS = 100;

  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Cache<UUID, NewFlowRun> runs =
      Caffeine.newBuilder()
          .executor(Runnable::run) // waking a thread costs more than its upkeep
          .maximumSize(MAX_RUNS)
          .expireAfterWrite(KEPT)
          .build();

  private final InstantSource clock;

  /** Keeps nothing yet; estimates are as of the clock. */
  public FreshFlowRuns(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes in a batch after its commit. */
  public void committed(List<LoggedEvent> events) {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof FlowRunEvent payload) {
        take(event, payload);
      }
    }
  }

  private void take(LoggedEvent event, FlowRunEvent payload) {
    UUID id = payload.flowRunId();
    switch (payload) {
      case FlowRunCreated created -> runs.put(id, new NewFlowRun(created, event.occurred()));
      case FlowRunStateSet set -> {
        NewFlowRun run = runs.getIfPresent(id);
        if (run != null) {
          runs.put(id, run.movedTo(set, event.occurred()));
        }
      }
      default -> runs.invalidate(id);
    }
  }

  /**
   * A run created a moment ago, once; empty when only the tables know all of it: then its queue has
   * a name and a pool, or its state a result.
   */
  public Optional<FlowRunView> take(UUID flowRunId) {
    NewFlowRun run = runs.asMap().remove(flowRunId);
    return run == null || run.created().workQueueId() != null || hasResult(run.state())
        ? Optional.empty()
        : Optional.of(FlowRunView.of(run, clock.instant()));
  }

  private static boolean hasResult(@Nullable NewState state) {
    return state != null && state.set().state().data() != null;
  }
}
