package io.annals.command.concurrency;

import io.annals.command.concurrency.ConcurrencyLimitCommand.CreateConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.DeleteConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.SetConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.UpdateConcurrencyLimit;
import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.entity.Entities;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitCreated;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitDeleted;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitUpdated;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;

/** Takes commands about concurrency limits and decides. */
public final class ConcurrencyLimitHandler {
  /** How commands about limits that are not there are refused. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Concurrency Limit not found");

  private final Entities<ConcurrencyLimit, ConcurrencyLimitEvent> limits;
  private final FindConcurrencyLimitByName findByName;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about concurrency limits.
   *
   * @param ids makes ids that were never made before
   */
  public ConcurrencyLimitHandler(
      Entities<ConcurrencyLimit, ConcurrencyLimitEvent> limits,
      FindConcurrencyLimitByName findByName,
      KeyedLocks locks,
      Supplier<UUID> ids) {
    this.limits = limits;
    this.findByName = findByName;
    this.locks = locks;
    this.ids = ids;
  }

  /** Sets a limit under a name that is free. */
  @CommandHandler
  public UUID handle(CreateConcurrencyLimit command) {
    requireFree(command.name());
    UUID id = ids.get();
    limits.begin(
        new ConcurrencyLimitCreated(
            id,
            command.name(),
            command.limit(),
            command.active(),
            command.slotDecayPerSecond(),
            true));
    return id;
  }

  /** Sets the limit of a name. */
  @CommandHandler
  public Created handle(SetConcurrencyLimit command) {
    locks.holdUntilFinished(ConcurrencyLimit.class, command.name());
    Optional<UUID> existing = findByName.idOf(command.name());
    if (existing.isPresent()) {
      limits.change(
          existing.get(),
          limit ->
              List.of(
                  new ConcurrencyLimitUpdated(
                      limit.id(),
                      limit.name(),
                      command.limit(),
                      limit.active(),
                      limit.slotDecayPerSecond())));
      return new Created(existing.get(), false);
    }
    UUID id = ids.get();
    limits.begin(
        new ConcurrencyLimitCreated(
            id, command.name(), command.limit(), true, 0, command.announced()));
    return new Created(id, true);
  }

  /** Changes a limit. */
  @CommandHandler
  public void handle(UpdateConcurrencyLimit command) {
    limits.change(
        command.limitId(),
        limit -> {
          String name = command.name().or(limit.name());
          if (!name.equals(limit.name())) {
            requireFree(name);
          }
          return List.of(
              new ConcurrencyLimitUpdated(
                  limit.id(),
                  name,
                  command.limit().or(limit.limit()),
                  command.active().or(limit.active()),
                  command.slotDecayPerSecond().or(limit.slotDecayPerSecond())));
        });
  }

  /** Deletes a limit. */
  @CommandHandler
  public void handle(DeleteConcurrencyLimit command) {
    limits.change(command.limitId(), limit -> List.of(new ConcurrencyLimitDeleted(limit.id())));
  }

  private void requireFree(String name) {
    locks.holdUntilFinished(ConcurrencyLimit.class, name);
    if (findByName.idOf(name).isPresent()) {
      throw Refusal.INTEGRITY.asException();
    }
  }
}
