package io.annals.app.job;

import io.annals.query.taskworker.TaskRunDeliveries;
import io.annals.query.taskworker.TaskWorkers;
import java.time.Duration;
import java.time.Instant;

/** Forgets which task worker got runs that have started since, and workers of nodes that died. */
public final class TaskDeliveryCleanup implements Job {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final TaskRunDeliveries deliveries;
  private final TaskWorkers workers;

  /** Cleans up after deliveries. */
  public TaskDeliveryCleanup(TaskRunDeliveries deliveries, TaskWorkers workers) {
    this.deliveries = deliveries;
    this.workers = workers;
  }

  @Override
  public String name() {
    return "task-delivery-cleanup";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    deliveries.forgetFinished();
    workers.forgetGone();
  }
}
