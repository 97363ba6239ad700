package io.annals.command.taskrun;

/** What decisions about task runs ask of the rest of the server. */
public record TaskRunPorts(
    FindTaskRun findTaskRun,
    FindEnclosingFlowRun findEnclosingFlowRun,
    FindCachedState findCachedState,
    FindTaskRunByKey findTaskRunByKey,
    TagSlots tagSlots) {}
