package io.annals.app.http;

import io.annals.command.concurrency.ConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.DeleteConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.SetConcurrencyLimit;
import io.annals.command.decision.Created;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.query.concurrency.ConcurrencyLimitQueries;
import io.annals.query.concurrency.ConcurrencyLimitView;
import io.annals.query.concurrency.Lease;
import io.annals.query.concurrency.Lease.Holder;
import io.annals.query.concurrency.LimitUse;
import io.annals.query.concurrency.SlotLedger;
import io.annals.query.concurrency.SlotLedger.Waits;
import io.annals.query.concurrency.Taking;
import io.annals.query.concurrency.Taking.Taken;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Every route of Prefect's group Concurrency Limits, the older one: limits on task runs with a tag.
 * They are limits named {@code tag:<tag>} in the newer group.
 */
@RestController
class TagLimitRoutes {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Commands commands;
  private final ConcurrencyLimitQueries limits;
  private final SlotLedger ledger;
  private final Waits waits;
  private final PageLimits pages;

  TagLimitRoutes(
      Commands commands,
      ConcurrencyLimitQueries limits,
      SlotLedger ledger,
      Waits waits,
      PageLimits pages) {
    this.commands = commands;
    this.limits = limits;
    this.ledger = ledger;
    this.waits = waits;
    this.pages = pages;
  }

  /** A limit on a tag, with the task runs that hold its slots. */
  record TagLimit(
      UUID id,
      Instant created,
      Instant updated,
      String tag,
      int concurrencyLimit,
      List<UUID> activeSlots) {}

  private TagLimit shown(ConcurrencyLimitView limit) {
    return new TagLimit(
        limit.id(),
        limit.created(),
        limit.updated(),
        limit.name().substring(ConcurrencyLimit.TAG_PREFIX.length()),
        limit.limit(),
        ledger.taskRunsHolding(limit.id()));
  }

  record NewTagLimit(String tag, int concurrencyLimit) {}

  @PostMapping("/concurrency_limits/")
  ResponseEntity<TagLimit> create(@Body NewTagLimit body) {
    String name = ConcurrencyLimit.TAG_PREFIX + body.tag();
    Created created =
        commands.ask(new SetConcurrencyLimit(name, body.concurrencyLimit(), true), Created.class);
    return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(read(created.id()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record TagLimitList(@Nullable Integer limit, @Default("0") @AtLeast(0) int offset) {}

  @PostMapping("/concurrency_limits/filter")
  List<TagLimit> filter(@Body TagLimitList body) {
    return limits
        .page(ConcurrencyLimit.TAG_PREFIX, pages.checked(body.limit()), body.offset())
        .stream()
        .map(this::shown)
        .toList();
  }

  @GetMapping("/concurrency_limits/{id}")
  TagLimit read(@PathVariable UUID id) {
    return limits
        .byId(id)
        .filter(limit -> limit.name().startsWith(ConcurrencyLimit.TAG_PREFIX))
        .map(this::shown)
        .orElseThrow(TagLimitRoutes::missing);
  }

  @DeleteMapping("/concurrency_limits/{id}")
  JsonNode delete(@PathVariable UUID id) {
    if (limits.byId(id).isEmpty()) {
      throw missing();
    }
    ledger.revoke(id);
    commands.tell(new DeleteConcurrencyLimit(id));
    return NullNode.getInstance();
  }

  @GetMapping("/concurrency_limits/tag/{tag}")
  TagLimit readByTag(@PathVariable String tag) {
    return shown(ofTag(tag));
  }

  @DeleteMapping("/concurrency_limits/tag/{tag}")
  JsonNode deleteByTag(@PathVariable String tag) {
    return delete(ofTag(tag).id());
  }

  private ConcurrencyLimitView ofTag(String tag) {
    return limits.byName(ConcurrencyLimit.TAG_PREFIX + tag).orElseThrow(TagLimitRoutes::missing);
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record Reset(@Nullable List<UUID> slotOverride) {}

  @PostMapping("/concurrency_limits/tag/{tag}/reset")
  JsonNode reset(@PathVariable String tag, @Body Reset body) {
    ConcurrencyLimitView limit = ofTag(tag);
    ledger.revoke(limit.id());
    ledger.count(limit.id(), 0, null);
    if (body.slotOverride() != null) {
      body.slotOverride()
          .forEach(taskRunId -> ledger.take(List.of(limit.name()), 1, heldBy(taskRunId)));
    }
    return NullNode.getInstance();
  }

  @IgnoresUnknownKeys
  record TagSlots(List<String> names, UUID taskRunId) {
    private List<String> limitNames() {
      return names.stream().map(tag -> ConcurrencyLimit.TAG_PREFIX + tag).toList();
    }
  }

  record LimitTaken(UUID id, String name, int limit) {}

  @PostMapping("/concurrency_limits/increment")
  ResponseEntity<?> increment(@Body TagSlots body) {
    List<ConcurrencyLimitView> named = limits.byNames(body.limitNames());
    for (ConcurrencyLimitView limit : named) {
      if (limit.limit() == 0) {
        return ResponseEntity.status(HttpStatus.LOCKED)
            .body(new Detail(deadlock(tag(limit.name()))));
      }
    }
    if (named.stream().noneMatch(ConcurrencyLimitView::active)) {
      return ResponseEntity.ok(List.of());
    }
    Taking taking = ledger.take(body.limitNames(), 1, heldBy(body.taskRunId()));
    return taking instanceof Taken
        ? ResponseEntity.ok(taken(taking.limits()))
        : ResponseEntity.status(HttpStatus.LOCKED)
            .header("Retry-After", Double.toString(waits.ofTags().toMillis() / MILLIS_PER_SECOND))
            .body(
                new Detail(
                    "Concurrency limit for the "
                        + tag(taking.limits().getFirst().name())
                        + " tag has been reached"));
  }

  private static List<LimitTaken> taken(List<LimitUse> limits) {
    return limits.stream()
        .filter(LimitUse::active)
        .map(limit -> new LimitTaken(limit.id(), tag(limit.name()), limit.limit()))
        .toList();
  }

  @PostMapping("/concurrency_limits/decrement")
  List<LimitTaken> decrement(@Body TagSlots body) {
    ledger.releaseAllOf(body.taskRunId(), body.limitNames());
    return limits.byNames(body.limitNames()).stream()
        .map(limit -> new LimitTaken(limit.id(), limit.name(), limit.limit()))
        .toList();
  }

  private static Lease heldBy(UUID taskRunId) {
    return new Lease(Lease.UNTIL_THE_HOLDER_ENDS, Holder.taskRun(taskRunId));
  }

  private static String tag(String name) {
    return name.substring(ConcurrencyLimit.TAG_PREFIX.length());
  }

  private static String deadlock(String tag) {
    return "The concurrency limit on tag \""
        + tag
        + "\" is 0 and will deadlock if the task tries to run again.";
  }

  private static RefusedException missing() {
    return new Refusal(Kind.NOT_FOUND, "Concurrency limit not found").asException();
  }
}
