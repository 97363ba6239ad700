package io.annals.command.taskrun.rule;

import io.annals.command.decision.Jitter;
import io.annals.command.taskrun.rule.Transition.RunFacts;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A task that fails is scheduled again as often as its policy allows, unless it says itself that
 * this is of no use. Prefect's RetryFailedTasks.
 */
final class AFailedTaskIsRetried implements TransitionRule {
  private static final double MICROS_PER_SECOND = 1e6;

  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return from == StateType.RUNNING && to == StateType.FAILED;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State failed = proposed.to();
    Integer retries = proposed.run().policy().retries();
    boolean isOfNoUse = Boolean.FALSE.equals(failed.stateDetails().retriable());
    if (isOfNoUse || retries == null || proposed.counts().runCount() > retries) {
      return proposed.pass();
    }
    double seconds = delaySeconds(proposed.run(), proposed.counts().runCount());
    Instant next =
        proposed.now().plus((long) Math.rint(seconds * MICROS_PER_SECOND), ChronoUnit.MICROS);
    State retry =
        new State(
            failed.id(),
            StateType.SCHEDULED,
            TaskRunRules.AWAITING_RETRY,
            proposed.now(),
            failed.message(),
            failed.data(),
            StateDetails.NONE.at(next));
    return new Verdict.Replace(retry, "Retrying");
  }

  private static double delaySeconds(RunFacts run, int runCount) {
    TaskRunPolicy policy = run.policy();
    double seconds = policy.delaySecondsAfterRun(runCount);
    Double factor = policy.retryJitterFactor();
    return factor == null || factor <= 0 || seconds <= 0
        ? seconds
        : Jitter.around(seconds, factor, run.chance());
  }
}
