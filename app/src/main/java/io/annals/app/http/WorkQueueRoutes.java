package io.annals.app.http;

import io.annals.app.http.WorkQueueBodies.NewWorkQueue;
import io.annals.app.http.WorkQueueBodies.WorkQueueChange;
import io.annals.app.http.WorkQueueBodies.WorkQueueList;
import io.annals.app.job.PolledQueues;
import io.annals.command.decision.Created;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.workpool.WorkPool;
import io.annals.command.workpool.WorkPoolCommand.DeleteWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.EnsureAgentPool;
import io.annals.command.workpool.WorkPoolCommand.EnsureWorkQueue;
import io.annals.command.workpool.WorkPoolHandler;
import io.annals.query.flowrun.DueRunQueries;
import io.annals.query.flowrun.FlowRunView;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.sql.Page;
import io.annals.query.workpool.QueuePolls;
import io.annals.query.workpool.SlotHolderView;
import io.annals.query.workpool.SlotHolders;
import io.annals.query.workpool.WorkQueueQueries;
import io.annals.query.workpool.WorkQueueView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Every route of Prefect's group Work queues, the older one: queues by their ids. */
@RestController
class WorkQueueRoutes {
  private final Commands commands;
  private final WorkQueueQueries queues;
  private final DueRunQueries dueRuns;
  private final SlotHolders slotHolders;
  private final QueuePolls polls;
  private final PolledQueues polledQueues;
  private final PageLimits limits;
  private final InstantSource clock;

  WorkQueueRoutes(
      Commands commands,
      WorkQueueQueries queues,
      DueRunQueries dueRuns,
      SlotHolders slotHolders,
      QueuePolls polls,
      PolledQueues polledQueues,
      PageLimits limits,
      InstantSource clock) {
    this.commands = commands;
    this.queues = queues;
    this.dueRuns = dueRuns;
    this.slotHolders = slotHolders;
    this.polls = polls;
    this.polledQueues = polledQueues;
    this.limits = limits;
    this.clock = clock;
  }

  /** A queue of the agents' pool, which is set up for its first queue. */
  @PostMapping("/work_queues/")
  @ResponseStatus(HttpStatus.CREATED)
  WorkQueueView create(@Body NewWorkQueue body) {
    Created pool = commands.ask(new EnsureAgentPool(), Created.class);
    boolean isThereAlready =
        pool.isNew() && queues.byNamesForAgents(WorkPool.AGENT_POOL, body.name()).isPresent();
    return read(
        commands.ask(
            isThereAlready
                ? new EnsureWorkQueue(pool.id(), body.name(), null)
                : body.command(pool.id()),
            UUID.class));
  }

  @PostMapping("/work_queues/filter")
  List<WorkQueueView> filter(@Body WorkQueueList body) {
    return queues.page(body.workQueues(), limits.checked(body.limit()), body.offset());
  }

  @GetMapping("/work_queues/name/{name}")
  WorkQueueView readByName(@PathVariable String name) {
    return queues
        .byNamesForAgents(WorkPool.AGENT_POOL, name)
        .orElseThrow(WorkPoolHandler.QUEUE_MISSING::asException);
  }

  @GetMapping("/work_queues/{id}")
  WorkQueueView read(@PathVariable UUID id) {
    return queues.byId(id).orElseThrow(WorkPoolHandler.QUEUE_MISSING::asException);
  }

  @PatchMapping("/work_queues/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body WorkQueueChange body) {
    WorkQueueView queue =
        queues
            .byId(id)
            .orElseThrow(
                () -> new Refusal(Kind.NOT_FOUND, "Work Queue " + id + " not found").asException());
    body.lastPolled().ifGiven(polled -> polls.set(id, polled));
    commands.tell(body.command(queue));
  }

  @DeleteMapping("/work_queues/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteWorkQueue(read(id).workPoolId(), id));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record DueRunList(@Nullable Integer limit, @Nullable Instant scheduledBefore) {}

  /** Old agents poll here, and the web UI looks at what waits: only the former counts. */
  @PostMapping("/work_queues/{id}/get_runs")
  List<FlowRunView> dueRuns(
      @PathVariable UUID id,
      @Body DueRunList body,
      @RequestHeader(name = "x-prefect-ui", defaultValue = "false") boolean isWebUi) {
    int limit = limits.checked(body.limit());
    WorkQueueView queue =
        queues.byId(id).orElseThrow(() -> missing("Work queue with id " + id + " not found."));
    List<FlowRunView> runs = dueRuns.ofQueue(id, body.scheduledBefore(), limit);
    if (!isWebUi) {
      polledQueues.polled(List.of(queue));
    }
    return runs;
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record SlotPage(@Default("1") @AtLeast(1) int page, @Nullable Integer limit) {}

  /** How a queue uses its slots, one page of the runs that hold them. */
  record Slots(
      long activeSlots,
      @Nullable Integer concurrencyLimit,
      List<SlotHolderView> flowRuns,
      long count,
      int limit,
      int pages,
      int page) {}

  @PostMapping("/work_queues/{id}/concurrency_status")
  Slots slots(@PathVariable UUID id, @Body SlotPage body) {
    int limit = limits.checked(body.limit());
    WorkQueueView queue =
        queues
            .byId(id)
            .orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "Work queue not found.").asException());
    Page<SlotHolderView> page =
        Page.of(
            slotHolders.page(queue, limit, (body.page() - 1L) * limit),
            slotHolders.count(queue),
            limit,
            body.page());
    return new Slots(
        page.count(),
        queue.concurrencyLimit(),
        page.results(),
        page.count(),
        page.limit(),
        page.pages(),
        page.page());
  }

  /** When a queue is healthy. Prefect has the same policy for all. */
  record HealthPolicy(int maximumLateRuns, long maximumSecondsSinceLastPolled) {
    static final HealthPolicy ALL = new HealthPolicy(0, WorkPoolHandler.RECENT_POLL.toSeconds());
  }

  /** Whether the runs of a queue are taken in time. */
  record Health(
      boolean healthy,
      long lateRunsCount,
      @Nullable Instant lastPolled,
      HealthPolicy healthCheckPolicy) {}

  @GetMapping("/work_queues/{id}/status")
  Health health(@PathVariable UUID id) {
    WorkQueueView queue =
        queues.byId(id).orElseThrow(() -> missing("Work queue with id " + id + " not found"));
    long late = queues.lateRuns(id);
    Instant polled = queue.lastPolled();
    boolean polledInTime =
        polled != null && !polled.isBefore(clock.instant().minus(WorkPoolHandler.RECENT_POLL));
    return new Health(
        late <= HealthPolicy.ALL.maximumLateRuns() && polledInTime, late, polled, HealthPolicy.ALL);
  }

  private static RuntimeException missing(String text) {
    return new Refusal(Kind.OBJECT_NOT_FOUND, text).asException();
  }
}
