package io.annals.command.flowrun;

/** What decisions about flow runs ask of the rest of the server. */
public record FlowRunPorts(
    FindFlow findFlow,
    FindFlowRunByIdempotencyKey findByIdempotencyKey,
    FindParentTask findParentTask,
    CopyStateToParentTask copyStateToParentTask,
    ValidateRunInput validateRunInput,
    DeploymentSlots deploymentSlots) {}
