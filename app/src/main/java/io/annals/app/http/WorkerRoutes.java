package io.annals.app.http;

import io.annals.app.job.PolledQueues;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkPoolReady;
import io.annals.events.workpool.WorkStatus;
import io.annals.query.flowrun.DueRunQueries;
import io.annals.query.flowrun.DueRunView;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.workpool.WorkPoolView;
import io.annals.query.workpool.WorkQueueQueries;
import io.annals.query.workpool.WorkQueueView;
import io.annals.query.workpool.WorkerFilter;
import io.annals.query.workpool.WorkerView;
import io.annals.query.workpool.Workers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The routes of Prefect's group Work pools that workers use: polls and heartbeats. */
@RestController
class WorkerRoutes {
  private final Commands commands;
  private final WorkPlaces places;
  private final WorkQueueQueries queues;
  private final Workers workers;
  private final DueRunQueries dueRuns;
  private final PolledQueues polledQueues;
  private final PageLimits limits;
  private final InstantSource clock;

  WorkerRoutes(
      Commands commands,
      WorkPlaces places,
      WorkQueueQueries queues,
      Workers workers,
      DueRunQueries dueRuns,
      PolledQueues polledQueues,
      PageLimits limits,
      InstantSource clock) {
    this.commands = commands;
    this.places = places;
    this.queues = queues;
    this.workers = workers;
    this.dueRuns = dueRuns;
    this.polledQueues = polledQueues;
    this.limits = limits;
    this.clock = clock;
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record Poll(
      @Nullable List<String> workQueueNames,
      @Nullable Instant scheduledBefore,
      @Nullable Instant scheduledAfter,
      @Nullable Integer limit) {}

  @PostMapping("/work_pools/{name}/get_scheduled_flow_runs")
  List<DueRunView> dueRuns(@PathVariable String name, @Body Poll body) {
    int limit = limits.checked(body.limit());
    UUID poolId = places.pool(name).id();
    List<String> names = body.workQueueNames();
    boolean all = names == null || names.isEmpty();
    List<WorkQueueView> polled =
        names == null || names.isEmpty()
            ? queues.ofPool(poolId)
            : names.stream().map(queue -> places.queue(name, queue)).toList();
    List<DueRunView> due =
        dueRuns.ofPool(
            poolId,
            all ? null : polled.stream().map(WorkQueueView::id).toList(),
            body.scheduledAfter(),
            body.scheduledBefore(),
            limit);
    polledQueues.polled(polled);
    return due;
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record Heartbeat(String name, @Nullable Integer heartbeatIntervalSeconds) {}

  /** The first heartbeat makes a pool ready; a paused one stays as it is. */
  @PostMapping("/work_pools/{workPoolName}/workers/heartbeat")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void heartbeat(@PathVariable String workPoolName, @Body Heartbeat body) {
    WorkPoolView pool = places.pool(workPoolName);
    workers.heartbeat(pool.id(), body.name(), body.heartbeatIntervalSeconds(), clock.instant());
    if (!WorkStatus.READY.name().equals(pool.status())) {
      commands.tell(new MarkWorkPoolReady(pool.id()));
    }
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record WorkerList(
      @Nullable WorkerFilter workers,
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset) {}

  @PostMapping("/work_pools/{workPoolName}/workers/filter")
  List<WorkerView> filter(@PathVariable String workPoolName, @Body WorkerList body) {
    int limit = limits.checked(body.limit());
    return workers.page(places.pool(workPoolName).id(), body.workers(), limit, body.offset());
  }

  @DeleteMapping("/work_pools/{workPoolName}/workers/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String workPoolName, @PathVariable String name) {
    if (!workers.delete(places.pool(workPoolName).id(), name)) {
      throw new Refusal(Kind.NOT_FOUND, "Worker not found.").asException();
    }
  }
}
