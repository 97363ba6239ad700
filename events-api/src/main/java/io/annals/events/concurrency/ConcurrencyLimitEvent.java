package io.annals.events.concurrency;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.util.UUID;

/**
 * What happens to a concurrency limit. Taking slots and giving them back is no event: it happens
 * with every task, and nothing is decided from its history.
 */
public sealed interface ConcurrencyLimitEvent extends DomainEvent {
  /** The limit concerned. */
  UUID limitId();

  /**
   * A limit was set under a name that was free.
   *
   * @param active whether it is enforced
   * @param slotDecayPerSecond slots that free themselves; 0 when only their holders do
   * @param announced whether Prefect's event stream tells of it
   */
  @StoredAs("concurrency-limit.created")
  record ConcurrencyLimitCreated(
      UUID limitId,
      String name,
      int limit,
      boolean active,
      double slotDecayPerSecond,
      boolean announced)
      implements ConcurrencyLimitEvent {}

  /** A limit was changed; this is all of it afterwards. */
  @StoredAs("concurrency-limit.updated")
  record ConcurrencyLimitUpdated(
      UUID limitId, String name, int limit, boolean active, double slotDecayPerSecond)
      implements ConcurrencyLimitEvent {}

  /** A limit is gone; its name is free again. */
  @StoredAs("concurrency-limit.deleted")
  record ConcurrencyLimitDeleted(UUID limitId) implements ConcurrencyLimitEvent {}
}
