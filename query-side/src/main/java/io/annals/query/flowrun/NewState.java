package io.annals.query.flowrun;

import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import java.time.Instant;

/** The last state that a batch brings to a run. */
record NewState(FlowRunStateSet set, Instant at) {}
