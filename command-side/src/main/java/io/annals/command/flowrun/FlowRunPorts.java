package io.annals.command.flowrun;

import io.annals.command.parameter.Hydration;
import io.annals.command.schema.JudgeJson;

/** What decisions about flow runs ask of the rest of the server. */
public record FlowRunPorts(
    FindFlow findFlow,
    FindWorkQueue findWorkQueue,
    FindFlowRunByIdempotencyKey findByIdempotencyKey,
    FindParentTask findParentTask,
    CopyStateToParentTask copyStateToParentTask,
    JudgeJson judgeJson,
    Hydration hydration,
    FindDeployment findDeployment,
    FindWaitingRuns findWaitingRuns,
    JudgeJobVariables judgeJobVariables,
    DeploymentSlots deploymentSlots) {}
