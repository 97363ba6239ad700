package io.annals.command.flowrun.rule;

import io.annals.command.state.ApiVersion;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks rules about a proposed state, in order, and lets them conclude in reverse order.
 *
 * <p>A rule is asked only while the proposal still has the type that the client proposed. What it
 * decides may change the type or drop the proposal; rules asked before it then take back what they
 * did, while the rule itself goes by its own decision. So a rule that drops a proposal still
 * concludes, provided that it governs dropped proposals. This is observable: see {@link
 * APausedRunResumesInTime}.
 */
public final class Orchestration {
  private final Transition proposal;
  private final List<Judged> judged = new ArrayList<>();
  private @Nullable State to;
  private EmpiricalPolicy policy;
  private ProposalStatus status = ProposalStatus.ACCEPT;
  private @Nullable String rule;
  private @Nullable String reason;
  private @Nullable Integer delaySeconds;

  /** A rule that was asked, what it saw, and the type that it left the proposal with. */
  private record Judged(TransitionRule rule, Transition saw, @Nullable StateType left) {}

  private Orchestration(Transition proposal) {
    this.proposal = proposal;
    this.to = proposal.to();
    this.policy = proposal.policy();
  }

  /** What the rules, asked in the order given, make of a proposal. */
  public static Outcome of(List<TransitionRule> order, Transition proposal) {
    Orchestration orchestration = new Orchestration(proposal);
    for (TransitionRule candidate : order) {
      orchestration.ask(candidate);
    }
    boolean continues = orchestration.resume();
    orchestration.conclude();
    return new Outcome(
        orchestration.to,
        orchestration.status,
        orchestration.rule,
        orchestration.reason,
        orchestration.delaySeconds,
        continues,
        orchestration.policy);
  }

  private void ask(TransitionRule candidate) {
    State standing = to;
    if (standing == null || !candidate.governs(fromType(), proposal.to().type())) {
      return;
    }
    if (!candidate.isUniversal() && standing.type() != proposal.to().type()) {
      return;
    }
    Transition seen =
        new Transition(
            proposal.run(), proposal.from(), standing, policy, proposal.client(), proposal.now());
    follow(candidate, candidate.judge(seen));
    judged.add(new Judged(candidate, seen, toType()));
  }

  private void follow(TransitionRule decider, Verdict verdict) {
    switch (verdict) {
      case Verdict.Pass pass -> {
        to = pass.to();
        policy = pass.policy();
      }
      case Verdict.Replace replace -> {
        to = replace.with();
        policy = replace.policy();
        decided(decider, ProposalStatus.REJECT, replace.reason(), null);
      }
      case Verdict.Reject reject -> drop(decider, ProposalStatus.REJECT, reject.reason(), null);
      case Verdict.Wait wait ->
          drop(decider, ProposalStatus.WAIT, wait.reason(), wait.delaySeconds());
      case Verdict.Abort abort -> drop(decider, ProposalStatus.ABORT, abort.reason(), null);
    }
  }

  private void drop(
      TransitionRule decider, ProposalStatus how, String why, @Nullable Integer seconds) {
    to = null;
    decided(decider, how, why, seconds);
  }

  private void decided(
      TransitionRule decider, ProposalStatus how, String why, @Nullable Integer seconds) {
    status = how;
    rule = decider.name();
    reason = why;
    delaySeconds = seconds;
  }

  /**
   * Prefect's transforms IncrementFlowRunCount and RemoveResumingIndicator, which come after all
   * judgements and before all conclusions.
   *
   * @return whether the run continues after a pause rather than runs once more
   */
  private boolean resume() {
    boolean resuming =
        Boolean.TRUE.equals(policy.resuming()) && proposal.client().speaks(ApiVersion.KNOWS_PAUSES);
    if (to == null || !resuming) {
      return false;
    }
    if (to.type() == StateType.RUNNING || to.isTerminal()) {
      policy = policy.markedResuming(false);
    }
    return to.type() == StateType.RUNNING;
  }

  private void conclude() {
    for (Judged earlier : judged.reversed()) {
      if (earlier.rule().isUniversal()) {
        if (to != null) {
          policy = earlier.rule().after(earlier.saw(), policy);
        }
      } else if (earlier.rule().governs(fromType(), earlier.left())) {
        policy =
            earlier.left() == toType()
                ? earlier.rule().after(earlier.saw(), policy)
                : earlier.rule().takenBack(earlier.saw(), policy);
      }
    }
  }

  private @Nullable StateType fromType() {
    return proposal.from() == null ? null : proposal.from().type();
  }

  private @Nullable StateType toType() {
    return to == null ? null : to.type();
  }
}
