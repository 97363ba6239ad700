package io.annals.app.http;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.workpool.WorkPoolCommand.CreateWorkPool;
import io.annals.command.workpool.WorkPoolCommand.DeleteWorkPool;
import io.annals.command.workpool.WorkPoolCommand.UpdateWorkPool;
import io.annals.command.workpool.WorkPoolHandler;
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.CheckedBy;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Matches;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
import io.annals.query.sql.Page;
import io.annals.query.workpool.SlotHolderView;
import io.annals.query.workpool.SlotHolders;
import io.annals.query.workpool.WorkPoolFilter;
import io.annals.query.workpool.WorkPoolQueries;
import io.annals.query.workpool.WorkPoolView;
import io.annals.query.workpool.WorkQueueQueries;
import io.annals.query.workpool.WorkQueueView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes of Prefect's group Work pools that speak of the pools themselves. */
@RestController
class WorkPoolRoutes {
  static final String NAME = "^[^/%&><]+$";

  /** More than spaces and quotes. */
  static final String NOT_EMPTY = "[^' \"]";

  private static final String RESERVED = "prefect";

  private final Commands commands;
  private final WorkPlaces places;
  private final WorkPoolQueries pools;
  private final WorkQueueQueries queues;
  private final SlotHolders slotHolders;
  private final PageLimits limits;

  WorkPoolRoutes(
      Commands commands,
      WorkPlaces places,
      WorkPoolQueries pools,
      WorkQueueQueries queues,
      SlotHolders slotHolders,
      PageLimits limits) {
    this.commands = commands;
    this.places = places;
    this.pools = pools;
    this.queues = queues;
    this.slotHolders = slotHolders;
    this.limits = limits;
  }

  record NewWorkPool(
      @Matches(value = NOT_EMPTY, otherwise = "name cannot be an empty string") @Matches(NAME)
          String name,
      @Nullable String description,
      @Default("\"prefect-agent\"") String type,
      @Default("{}") @CheckedBy(BaseJobTemplateCheck.class) ObjectNode baseJobTemplate,
      @Default("false") boolean isPaused,
      @AtLeast(0) @Nullable Integer concurrencyLimit,
      @Default("{}") StorageConfigurationBody storageConfiguration) {}

  @PostMapping("/work_pools/")
  @ResponseStatus(HttpStatus.CREATED)
  WorkPoolView create(@Body NewWorkPool body) {
    if (isReserved(body.name())) {
      throw forbidden("Work pools starting with 'Prefect' are reserved for internal use.");
    }
    UUID id =
        commands.ask(
            new CreateWorkPool(
                body.name(),
                body.description(),
                body.type(),
                body.baseJobTemplate(),
                body.isPaused(),
                body.concurrencyLimit(),
                body.storageConfiguration().configuration()),
            UUID.class);
    return OldClients.shown(pools.byId(id).orElseThrow(WorkPoolHandler.MISSING::asException));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record WorkPoolList(
      @Nullable WorkPoolFilter workPools,
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset) {}

  @PostMapping("/work_pools/filter")
  List<WorkPoolView> filter(@Body WorkPoolList body) {
    return pools.page(body.workPools(), limits.checked(body.limit()), body.offset()).stream()
        .map(OldClients::shown)
        .toList();
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record WorkPoolCount(@Nullable WorkPoolFilter workPools) {}

  @PostMapping("/work_pools/count")
  long count(@Body WorkPoolCount body) {
    return pools.count(body.workPools());
  }

  @GetMapping("/work_pools/{name}")
  WorkPoolView read(@PathVariable String name) {
    return OldClients.shown(places.pool(name));
  }

  record WorkPoolChange(
      Patch<@Nullable String> description,
      Patch<@Nullable Boolean> isPaused,
      @CheckedBy(BaseJobTemplateCheck.class) Patch<@Nullable ObjectNode> baseJobTemplate,
      @AtLeast(0) Patch<@Nullable Integer> concurrencyLimit,
      Patch<@Nullable StorageConfigurationBody> storageConfiguration) {
    private boolean onlyPausesOrLimits() {
      return description instanceof Patch.Absent<?>
          && baseJobTemplate instanceof Patch.Absent<?>
          && storageConfiguration instanceof Patch.Absent<?>;
    }
  }

  @PatchMapping("/work_pools/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable String name, @Body WorkPoolChange body) {
    if (isReserved(name) && !body.onlyPausesOrLimits()) {
      throw forbidden(
          "Work pools starting with 'Prefect' are reserved for internal use and can only be updated"
              + " to set concurrency limits or pause.");
    }
    commands.tell(
        new UpdateWorkPool(
            places.pool(name).id(),
            Changes.of(body.description()),
            Changes.<@Nullable ObjectNode, @Nullable JsonNode>of(
                body.baseJobTemplate(), template -> template),
            Changes.of(body.isPaused()),
            Changes.of(body.concurrencyLimit()),
            Changes.of(
                body.storageConfiguration(),
                storage -> storage == null ? null : storage.configuration())));
  }

  @DeleteMapping("/work_pools/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String name) {
    if (isReserved(name)) {
      throw forbidden(
          "Work pools starting with 'Prefect' are reserved for internal use and can not be"
              + " deleted.");
    }
    commands.tell(new DeleteWorkPool(places.pool(name).id()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record SlotPage(
      @Default("1") @AtLeast(1) int page,
      @Nullable Integer limit,
      @Default("10") @AtLeast(0) @AtMost(200) int flowRunLimit) {}

  /** How a queue uses its slots. */
  record QueueSlots(
      UUID queueId,
      String queueName,
      long activeSlots,
      @Nullable Integer concurrencyLimit,
      List<SlotHolderView> flowRuns,
      long flowRunCount) {}

  /** How a pool uses its slots, one page of its queues. */
  record PoolSlots(
      long activeSlots,
      @Nullable Integer concurrencyLimit,
      List<QueueSlots> queues,
      long count,
      int limit,
      int pages,
      int page) {}

  @PostMapping("/work_pools/{name}/concurrency_status")
  PoolSlots slots(@PathVariable String name, @Body SlotPage body) {
    int limit = limits.checked(body.limit());
    WorkPoolView pool =
        pools
            .byName(name)
            .orElseThrow(
                () ->
                    new Refusal(Kind.NOT_FOUND, "Work pool '" + name + "' not found.")
                        .asException());
    List<WorkQueueView> shown = queues.page(pool.id(), null, limit, (body.page() - 1L) * limit);
    Map<UUID, Long> counts = slotHolders.countsOfPool(pool.id());
    Map<UUID, List<SlotHolderView>> holders =
        slotHolders.ofQueues(shown.stream().map(WorkQueueView::id).toList(), body.flowRunLimit());
    Page<QueueSlots> page =
        Page.of(
            shown.stream()
                .map(
                    queue -> {
                      long active = counts.getOrDefault(queue.id(), 0L);
                      return new QueueSlots(
                          queue.id(),
                          queue.name(),
                          active,
                          queue.concurrencyLimit(),
                          holders.getOrDefault(queue.id(), List.of()),
                          active);
                    })
                .toList(),
            queues.count(pool.id()),
            limit,
            body.page());
    return new PoolSlots(
        counts.values().stream().mapToLong(Long::longValue).sum(),
        pool.concurrencyLimit(),
        page.results(),
        page.count(),
        page.limit(),
        page.pages(),
        page.page());
  }

  private static boolean isReserved(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(RESERVED);
  }

  private static RuntimeException forbidden(String text) {
    return new Refusal(Kind.FORBIDDEN, text).asException();
  }
}
