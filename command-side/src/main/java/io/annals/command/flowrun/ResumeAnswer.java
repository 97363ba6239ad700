package io.annals.command.flowrun;

import io.annals.command.decision.Answer;

/**
 * What became of the wish to resume a run.
 *
 * @param inputRefused whether it failed because of the input: Prefect then answers REJECT with
 *     details of the kind that belongs to ABORT
 */
public record ResumeAnswer(Answer answer, boolean inputRefused) {}
