package io.annals.command.deployment;

import io.annals.command.concurrency.SilentLimits;
import io.annals.command.flowrun.FindFlow;
import io.annals.command.flowrun.TakeBackRuns;
import io.annals.command.parameter.Hydration;
import io.annals.command.schema.JudgeJson;

/** What decisions about deployments ask of the rest of the server, and have it do. */
public record DeploymentPorts(
    FindDeploymentByName findByName,
    FindFlow findFlow,
    FindWorkPlace findWorkPlace,
    AddWorkQueue addWorkQueue,
    FindBlock findBlock,
    FindConcurrencyLimit findLimit,
    SilentLimits limits,
    TakeBackRuns takeBackRuns,
    JudgeJson judgeJson,
    JobVariables jobVariables,
    Hydration hydration) {}
