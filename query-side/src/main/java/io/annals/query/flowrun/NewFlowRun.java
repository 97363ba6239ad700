package io.annals.query.flowrun;

import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run that has just been created, with the last state that came to it since. */
record NewFlowRun(FlowRunCreated created, Instant createdAt, @Nullable NewState state) {
  NewFlowRun(FlowRunCreated created, Instant createdAt) {
    this(created, createdAt, null);
  }

  NewFlowRun movedTo(FlowRunStateSet set, Instant at) {
    return new NewFlowRun(created, createdAt, new NewState(set, at));
  }
}
