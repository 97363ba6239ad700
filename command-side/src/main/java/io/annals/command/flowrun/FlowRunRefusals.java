package io.annals.command.flowrun;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.command.flowrun.FlowRunCommand.DeleteEndedFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.LabelFlowRun;
import io.annals.command.flowrun.FlowRunCommand.LeaveFlowRunState;
import io.annals.command.flowrun.FlowRunCommand.MarkFlowRunLate;
import io.annals.command.flowrun.FlowRunCommand.ResumeFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.FlowRunCommand.StoreFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.UpdateFlowRun;

/** What is said about commands that cannot be carried out, in Prefect's words. */
final class FlowRunRefusals {
  static final Refusal INPUT_EXISTS =
      new Refusal(Kind.CONFLICT, "A flow run input with this key already exists.");
  static final Refusal INPUT_MISSING = new Refusal(Kind.NOT_FOUND, "Flow run input not found");
  static final Refusal DEPLOYMENT_MISSING =
      new Refusal(Kind.BAD_REQUEST, "A deployment for the flow run could not be found");
  static final Refusal NOT_OVER =
      new Refusal(Kind.CONFLICT, "The flow run has not been over for that long");
  private static final Refusal RUN_MISSING = new Refusal(Kind.NOT_FOUND, "Flow run not found");

  private FlowRunRefusals() {}

  /** The run that a command speaks of is missing. Where Prefect looks decides what it says. */
  static RefusedException missing(FlowRunCommand.OfOneRun command) {
    Refusal refusal =
        switch (command) {
          case SetFlowRunState set -> belowTheRoute(set);
          case MarkFlowRunLate late -> belowTheRoute(late);
          case LeaveFlowRunState leave -> belowTheRoute(leave);
          case LabelFlowRun label -> belowTheRoute(label);
          // Prefect stumbles over the missing run and answers 500.
          case ResumeFlowRun resume -> belowTheRoute(resume);
          case UpdateFlowRun ignored -> RUN_MISSING;
          case StoreFlowRunInput ignored -> RUN_MISSING;
          case DeleteFlowRunInput ignored -> INPUT_MISSING;
          case DeleteFlowRun ignored -> RUN_MISSING;
          case DeleteEndedFlowRun ignored -> RUN_MISSING;
        };
    return refusal.asException();
  }

  private static Refusal belowTheRoute(FlowRunCommand.OfOneRun command) {
    return new Refusal(
        Kind.OBJECT_NOT_FOUND, "Flow run with id " + command.flowRunId() + " not found");
  }
}
