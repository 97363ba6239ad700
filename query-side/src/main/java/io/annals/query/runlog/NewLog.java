package io.annals.query.runlog;

import io.annals.query.request.Default;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A log line as a client sends it. */
public record NewLog(
    String name,
    int level,
    String message,
    Instant timestamp,
    @Default("null") @Nullable UUID flowRunId,
    @Default("null") @Nullable UUID taskRunId) {}
