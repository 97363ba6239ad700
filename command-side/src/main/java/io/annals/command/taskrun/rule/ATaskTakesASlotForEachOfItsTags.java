package io.annals.command.taskrun.rule;

import io.annals.command.decision.Jitter;
import io.annals.command.taskrun.rule.TagSlot.AllTaken;
import io.annals.command.taskrun.rule.TagSlot.Closed;
import io.annals.command.taskrun.rule.TagSlot.Held;
import io.annals.command.taskrun.rule.TagSlot.NotNeeded;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A task runs once each limit on one of its tags has a slot for it; otherwise it asks again, at
 * about the time at which a slot may be free. Prefect's SecureTaskConcurrencySlots.
 */
final class ATaskTakesASlotForEachOfItsTags implements TransitionRule {
  /** How far above the average a wait may be, as a part of it. */
  private static final double SPREAD = 0.3;

  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return to == StateType.RUNNING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    return switch (proposed.run().slot()) {
      case NotNeeded ignored -> proposed.pass();
      case Held ignored -> proposed.pass();
      case Closed closed ->
          new Verdict.Abort(
              "The concurrency limit on tag \""
                  + closed.tag()
                  + "\" is 0 and will deadlock if the task tries to run again.");
      case AllTaken taken ->
          new Verdict.Wait(
              delaySeconds(taken, proposed.run().chance()),
              "Concurrency limit reached for tags: " + String.join(", ", taken.tags()));
    };
  }

  private static int delaySeconds(AllTaken taken, double chance) {
    return (int) Math.rint(Jitter.around(taken.averageSeconds(), SPREAD, chance));
  }
}
