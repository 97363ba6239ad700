package io.annals.command.taskrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunPolicy;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A proposed change of state, as the rules asked before have left it.
 *
 * @param from the state the run is in, null when it has none yet
 * @param to the state it is to enter; its id is unused so far, and free for a substitute
 */
public record Transition(RunFacts run, @Nullable State from, State to, Counts counts, Instant now) {
  /**
   * What rules ask about the run beside its state.
   *
   * @param flowRunId null for a task that runs without a flow
   * @param flowRun the enclosing flow run, null when there is none (any more)
   * @param cached the state that the proposed state's cache key stands for, if there is one
   * @param slot the slots of its tags, if this transition needs any
   * @param chance a random number from 0 up to 1, for delays that are not to fall together
   */
  public record RunFacts(
      UUID taskRunId,
      @Nullable UUID flowRunId,
      TaskRunPolicy policy,
      @Nullable FlowRunFacts flowRun,
      @Nullable State cached,
      TagSlot slot,
      double chance) {}

  /** What rules ask about the enclosing flow run. */
  public record FlowRunFacts(@Nullable State state, int runCount) {}

  /** The verdict that lets this transition go on unchanged. */
  Verdict pass() {
    return new Verdict.Pass(to, counts);
  }

  /** The verdict that lets it go on with other details of the proposed state. */
  Verdict passWith(StateDetails details) {
    return new Verdict.Pass(to.with(details), counts);
  }

  /** The verdict that lets it go on under another name. */
  Verdict passNamed(String name) {
    return new Verdict.Pass(to.named(name), counts);
  }

  /** A state to put in the place of the proposed one: made now, under the proposed one's id. */
  State substitute(StateType type, String name, StateDetails details) {
    return new State(to.id(), type, name, now, null, null, details);
  }
}
