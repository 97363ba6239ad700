package io.annals.command.flowrun.rule;

import io.annals.command.state.ApiVersion;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run that fails is scheduled again as often as its policy allows. Prefect's RetryFailedFlows,
 * without what it does for clients that speak an API older than 0.8.3.
 */
final class AFailedRunIsRetried implements TransitionRule {
  /** The name of the state in which a run waits for its retry. */
  static final String AWAITING_RETRY = "AwaitingRetry";

  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return from == StateType.RUNNING && to == StateType.FAILED;
  }

  @Override
  public Verdict judge(Transition proposed) {
    EmpiricalPolicy policy = proposed.policy();
    State from = proposed.from();
    Integer retries = policy.retries();
    if (from == null || retries == null || proposed.run().runCount() > retries) {
      // Whoever retries it later, from the UI for instance, does so in a new process.
      return proposed.passWith(policy.retriedAs(null));
    }
    Integer delaySeconds = policy.retryDelay();
    Instant next = proposed.now().plusSeconds(delaySeconds == null ? 0 : delaySeconds);
    StateDetails details =
        StateDetails.NONE.at(next).leased(from.stateDetails().deploymentConcurrencyLeaseId());
    State failed = proposed.to();
    State retry =
        new State(
            failed.id(),
            StateType.SCHEDULED,
            AWAITING_RETRY,
            proposed.now(),
            failed.message(),
            failed.data(),
            details);
    boolean knowsPauses = proposed.client().speaks(ApiVersion.KNOWS_PAUSES);
    return new Verdict.Replace(
        retry, "Retrying", knowsPauses ? policy.startedOver("in_process") : policy);
  }
}
