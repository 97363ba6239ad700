package io.annals.command.taskrun.rule;

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
 * did, while the rule itself goes by its own decision.
 */
public final class Orchestration {
  private final Transition proposal;
  private final List<Judged> judged = new ArrayList<>();
  private @Nullable State to;
  private Counts counts;
  private ProposalStatus status = ProposalStatus.ACCEPT;
  private @Nullable String rule;
  private @Nullable String reason;
  private @Nullable Integer delaySeconds;

  /** A rule that was asked, what it saw, and the type that it left the proposal with. */
  private record Judged(TransitionRule rule, Transition saw, @Nullable StateType left) {}

  private Orchestration(Transition proposal) {
    this.proposal = proposal;
    this.to = proposal.to();
    this.counts = proposal.counts();
  }

  /** What the rules, asked in the order given, make of a proposal. */
  public static Outcome of(List<TransitionRule> order, Transition proposal) {
    Orchestration orchestration = new Orchestration(proposal);
    for (TransitionRule candidate : order) {
      orchestration.ask(candidate);
    }
    orchestration.conclude();
    return new Outcome(
        orchestration.to,
        orchestration.status,
        orchestration.rule,
        orchestration.reason,
        orchestration.delaySeconds,
        orchestration.counts);
  }

  private void ask(TransitionRule candidate) {
    State standing = to;
    StateType intended = proposal.to().type();
    if (standing == null
        || standing.type() != intended
        || !candidate.governs(fromType(), intended)) {
      return;
    }
    Transition seen =
        new Transition(proposal.run(), proposal.from(), standing, counts, proposal.now());
    follow(candidate, candidate.judge(seen));
    judged.add(new Judged(candidate, seen, toType()));
  }

  private void follow(TransitionRule decider, Verdict verdict) {
    switch (verdict) {
      case Verdict.Pass pass -> {
        to = pass.to();
        counts = pass.counts();
      }
      case Verdict.Replace replace -> {
        to = replace.with();
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

  private void conclude() {
    for (Judged earlier : judged.reversed()) {
      StateType left = earlier.left();
      // A rule that has itself dropped the proposal, or made something else of it, is done.
      if (left != null && earlier.rule().governs(fromType(), left)) {
        counts =
            left == toType()
                ? earlier.rule().after(earlier.saw(), counts)
                : earlier.rule().takenBack(earlier.saw(), counts);
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
