package io.annals.command.flowrun.rule;

import io.annals.command.state.Client;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A proposed change of state, as the rules asked before have left it.
 *
 * @param from the state the run is in, null when it has none yet
 * @param to the state it is to enter; its id is unused so far, and free for a substitute
 * @param policy the run's policy
 */
public record Transition(
    RunFacts run,
    @Nullable State from,
    State to,
    EmpiricalPolicy policy,
    Client client,
    Instant now) {
  /**
   * What rules ask about the run beside its state.
   *
   * @param infrastructurePid the process or container that executes it, as far as it is known
   * @param runCount RUNNING states entered so far
   * @param slot the slot of its deployment, if this transition needs one
   */
  public record RunFacts(
      @Nullable UUID deploymentId,
      @Nullable UUID parentTaskRunId,
      @Nullable String infrastructurePid,
      int runCount,
      DeploymentSlot slot) {}

  /** Whether the run is in a state of one of the types given. */
  boolean isFrom(StateType... types) {
    return from != null && from.isAny(types);
  }

  /** The verdict that lets this transition go on unchanged. */
  Verdict pass() {
    return new Verdict.Pass(to, policy);
  }

  /** The verdict that lets it go on with other details of the proposed state. */
  Verdict passWith(StateDetails details) {
    return new Verdict.Pass(to.with(details), policy);
  }

  /** The verdict that lets it go on under another policy. */
  Verdict passWith(EmpiricalPolicy changed) {
    return new Verdict.Pass(to, changed);
  }

  /** A CANCELLED state to put in the place of the proposed one. */
  State cancelled(@Nullable String message) {
    StateType type = StateType.CANCELLED;
    return substitute(type, type.defaultName(), message, StateDetails.NONE);
  }

  /** A state to put in the place of the proposed one: made now, under the proposed one's id. */
  State substitute(StateType type, String name, @Nullable String message, StateDetails details) {
    return new State(to.id(), type, name, now, message, null, details);
  }
}
