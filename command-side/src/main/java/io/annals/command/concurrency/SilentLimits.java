package io.annals.command.concurrency;

import io.annals.command.entity.Entities;
import io.annals.command.entity.EntityKind;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitCreated;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitDeleted;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitUpdated;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Limits that come and go with what they belong to. Prefect's event stream does not tell of them.
 * Their names hold the id of their owner, so nobody else makes them; if somebody does all the same,
 * the unique index on names decides.
 */
public final class SilentLimits {
  private final Entities<ConcurrencyLimit, ConcurrencyLimitEvent> limits;
  private final Supplier<UUID> ids;

  /**
   * Limits among all others.
   *
   * @param ids makes ids that were never made before
   */
  public SilentLimits(
      Entities<ConcurrencyLimit, ConcurrencyLimitEvent> limits, Supplier<UUID> ids) {
    this.limits = limits;
    this.ids = ids;
  }

  /** Sets a new limit; answers its id. */
  public UUID begin(String name, int limit) {
    UUID id = ids.get();
    limits.begin(new ConcurrencyLimitCreated(id, name, limit, true, 0, false));
    return id;
  }

  /** Gives a limit another number of slots. */
  public void resize(UUID limitId, int slots) {
    limits.change(
        limitId,
        limit ->
            limit.limit() == slots
                ? List.of()
                : List.of(
                    new ConcurrencyLimitUpdated(
                        limit.id(),
                        limit.name(),
                        slots,
                        limit.active(),
                        limit.slotDecayPerSecond())),
        EntityKind.unseen());
  }

  /** Deletes a limit. */
  public void end(UUID limitId) {
    limits.change(
        limitId, limit -> List.of(new ConcurrencyLimitDeleted(limit.id())), EntityKind.unseen());
  }
}
