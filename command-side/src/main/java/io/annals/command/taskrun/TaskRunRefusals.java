package io.annals.command.taskrun;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.command.taskrun.TaskRunCommand.DeleteTaskRun;
import io.annals.command.taskrun.TaskRunCommand.RenameTaskRun;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;

/** What is said about commands that cannot be carried out, in Prefect's words. */
final class TaskRunRefusals {
  private TaskRunRefusals() {}

  /** The run that a command speaks of is missing. Where Prefect looks decides what it says. */
  static RefusedException missing(TaskRunCommand.OfOneRun command) {
    Refusal refusal =
        switch (command) {
          case SetTaskRunState set ->
              new Refusal(
                  Kind.OBJECT_NOT_FOUND, "Task run with id " + set.taskRunId() + " not found");
          case RenameTaskRun ignored -> new Refusal(Kind.NOT_FOUND, "Task run not found");
          case DeleteTaskRun ignored -> new Refusal(Kind.NOT_FOUND, "Task not found");
        };
    return refusal.asException();
  }
}
