package io.annals.command.flowrun;

import io.annals.command.decision.Aftermath;
import io.annals.command.decision.Answer;
import io.annals.command.decision.Decision;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.rule.AStoppedRunGivesItsSlotBack;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.SlotQuestion;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.State;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes what rules may need of a deployment's slots before they are asked, and gives back what they
 * did not use, what could not be stored, and what the run does not need any more. Should the server
 * stop in between, a job ends the leases that no run names.
 */
final class SlotKeeping {
  private final DeploymentSlots slots;

  SlotKeeping(DeploymentSlots slots) {
    this.slots = slots;
  }

  /** What there is to ask before a proposal is decided; what is forced takes no slot. */
  static SlotQuestion question(FlowRun run, SetFlowRunState command) {
    return command.force()
        ? new SlotQuestion.None()
        : SlotQuestion.about(
            run.id(), run.deploymentId(), run.state(), command.proposed().type(), command.client());
  }

  /** What there is to ask before a run is marked late. */
  static SlotQuestion questionOfLate(FlowRun run) {
    UUID deploymentId = run.deploymentId();
    return deploymentId == null ? new SlotQuestion.None() : new SlotQuestion.Look(deploymentId);
  }

  /**
   * Decides with what is known of the slots. One that was taken is free again at once when the run
   * does not enter a state with it, and otherwise when that state cannot be stored.
   */
  Decision<FlowRunEvent, Answer> decide(
      SlotQuestion question, Function<DeploymentSlot, Decision<FlowRunEvent, Answer>> decide) {
    if (question instanceof SlotQuestion.None) {
      return decide.apply(new DeploymentSlot.NotAsked());
    }
    DeploymentSlot slot = slots.answer(question);
    UUID taken = newlyTaken(slot, question);
    if (taken != null) {
      Aftermath.unlessStored(() -> slots.giveBack(taken));
    }
    Decision<FlowRunEvent, Answer> decision = decide.apply(slot);
    if (taken != null && !uses(decision.answer(), taken)) {
      slots.giveBack(taken);
    }
    return decision;
  }

  /** A lease that was merely renewed is the run's already. */
  private static @Nullable UUID newlyTaken(DeploymentSlot slot, SlotQuestion question) {
    if (!(slot instanceof DeploymentSlot.Held held)) {
      return null;
    }
    return switch (question) {
      case SlotQuestion.Take ignored -> held.leaseId();
      case SlotQuestion.Renew renew ->
          renew.leaseId().equals(held.leaseId()) ? null : held.leaseId();
      case SlotQuestion.Keep ignored -> null;
      case SlotQuestion.Look ignored -> null;
      case SlotQuestion.None ignored -> null;
    };
  }

  private static boolean uses(Answer answer, UUID leaseId) {
    State state = answer.state();
    return answer.written()
        && state != null
        && leaseId.equals(state.stateDetails().deploymentConcurrencyLeaseId());
  }

  /** Gives back what a run does not need any more, once that is stored. */
  void giveBackAfter(FlowRun before, List<FlowRunEvent> events) {
    for (FlowRunEvent event : events) {
      UUID lease = leaseAfter(before, event);
      if (lease != null) {
        Aftermath.whenStored(() -> slots.giveBack(lease));
      }
    }
  }

  private static @Nullable UUID leaseAfter(FlowRun before, FlowRunEvent event) {
    if (event instanceof FlowRunStateSet set) {
      return AStoppedRunGivesItsSlotBack.leaseAfter(
          before.deploymentId(), before.state(), set.state(), set.status());
    }
    return event instanceof FlowRunDeleted
        ? AStoppedRunGivesItsSlotBack.leaseOfDeleted(before.deploymentId(), before.state())
        : null;
  }
}
