package io.annals.command.deployment;

import io.annals.command.decision.Created;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;

/** Creates a flow run, in the current unit of work. */
@FunctionalInterface
public interface CreateRun {
  /** Creates the run, or finds the one that its idempotency key stands for. */
  Created of(CreateFlowRun command) throws Exception;
}
