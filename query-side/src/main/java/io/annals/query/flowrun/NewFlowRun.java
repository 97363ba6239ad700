package io.annals.query.flowrun;

import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run that a batch creates, with the last state that the same batch brings to it. */
final class NewFlowRun {
  private final FlowRunCreated created;
  private final Instant createdAt;
  private @Nullable NewState state;

  NewFlowRun(FlowRunCreated created, Instant createdAt) {
    this.created = created;
    this.createdAt = createdAt;
  }

  void moveTo(FlowRunStateSet set, Instant at) {
    state = new NewState(set, at);
  }

  FlowRunCreated created() {
    return created;
  }

  Instant createdAt() {
    return createdAt;
  }

  @Nullable NewState state() {
    return state;
  }
}
