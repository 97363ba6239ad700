package io.annals.command.concurrency;

import io.annals.command.decision.Change;
import java.util.UUID;

/** What may be asked of concurrency limits. */
public sealed interface ConcurrencyLimitCommand {
  /** Set a limit under a name that is free. Answers its id. */
  record CreateConcurrencyLimit(String name, int limit, boolean active, double slotDecayPerSecond)
      implements ConcurrencyLimitCommand {}

  /**
   * Set the limit of a name, whether there is one or not. Answers {@code Created}.
   *
   * @param announced whether Prefect's event stream tells of a new one
   */
  record SetConcurrencyLimit(String name, int limit, boolean announced)
      implements ConcurrencyLimitCommand {}

  /** Change a limit. No answer. */
  record UpdateConcurrencyLimit(
      UUID limitId,
      Change<String> name,
      Change<Integer> limit,
      Change<Boolean> active,
      Change<Double> slotDecayPerSecond)
      implements ConcurrencyLimitCommand {}

  /** Delete a limit. No answer. */
  record DeleteConcurrencyLimit(UUID limitId) implements ConcurrencyLimitCommand {}
}
