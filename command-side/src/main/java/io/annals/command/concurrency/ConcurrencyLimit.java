package io.annals.command.concurrency;

import io.annals.command.entity.EntityKind;
import io.annals.command.entity.Labels;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitCreated;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitDeleted;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitUpdated;
import io.annals.events.log.Face;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A concurrency limit.
 *
 * @param limit slots
 * @param slotDecayPerSecond slots that free themselves; 0 when only their holders do
 */
public record ConcurrencyLimit(
    UUID id, String name, int limit, boolean active, double slotDecayPerSecond) {
  /** Names of limits on tasks with a tag begin so. */
  public static final String TAG_PREFIX = "tag:";

  /** Concurrency limits as entities. */
  public static final EntityKind<ConcurrencyLimit, ConcurrencyLimitEvent> KIND =
      new EntityKind<>(
          "concurrencylimit",
          ConcurrencyLimitEvent.class,
          ConcurrencyLimitEvent::limitId,
          (limit, event) -> evolve(event),
          ConcurrencyLimit::face);

  private static @Nullable ConcurrencyLimit evolve(ConcurrencyLimitEvent event) {
    return switch (event) {
      case ConcurrencyLimitCreated created ->
          new ConcurrencyLimit(
              created.limitId(),
              created.name(),
              created.limit(),
              created.active(),
              created.slotDecayPerSecond());
      case ConcurrencyLimitUpdated updated ->
          new ConcurrencyLimit(
              updated.limitId(),
              updated.name(),
              updated.limit(),
              updated.active(),
              updated.slotDecayPerSecond());
      case ConcurrencyLimitDeleted ignored -> null;
    };
  }

  private static @Nullable Face face(
      @Nullable ConcurrencyLimit before,
      ConcurrencyLimit after,
      ConcurrencyLimitEvent event,
      UUID id,
      Instant occurred) {
    if (event instanceof ConcurrencyLimitCreated created && !created.announced()) {
      return null;
    }
    String verb =
        switch (event) {
          case ConcurrencyLimitCreated ignored -> "created";
          case ConcurrencyLimitUpdated ignored -> "updated";
          case ConcurrencyLimitDeleted ignored -> "deleted";
        };
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("name", after.name);
    payload.put("limit", after.limit);
    payload.put("active", after.active);
    payload.put("slot_decay_per_second", after.slotDecayPerSecond);
    return new Face(
        id,
        occurred,
        "prefect.concurrency-limit." + verb,
        Labels.resource("concurrency-limit", after.id, after.name),
        List.of(),
        payload,
        null);
  }
}
