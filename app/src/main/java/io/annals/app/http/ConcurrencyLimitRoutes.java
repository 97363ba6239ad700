package io.annals.app.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.command.concurrency.ConcurrencyLimitCommand.CreateConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.DeleteConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.UpdateConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitHandler;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.query.concurrency.ConcurrencyLimitQueries;
import io.annals.query.concurrency.ConcurrencyLimitView;
import io.annals.query.concurrency.Lease;
import io.annals.query.concurrency.LimitUse;
import io.annals.query.concurrency.SlotLedger;
import io.annals.query.concurrency.Taking;
import io.annals.query.concurrency.Taking.Full;
import io.annals.query.concurrency.Taking.Taken;
import io.annals.query.concurrency.Taking.TooMany;
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Literal;
import io.annals.query.request.Matches;
import io.annals.query.request.MoreThan;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
import io.annals.query.request.RequestReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Every route of Prefect's group Concurrency Limits V2: limits under names, and their slots. */
@RestController
class ConcurrencyLimitRoutes {
  static final String NAME = "^[^/%&><]+$";
  private static final double NEW_OCCUPANCY_SECONDS = 2.0;
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Commands commands;
  private final ConcurrencyLimitQueries limits;
  private final SlotLedger ledger;
  private final RetryAfter retryAfter;
  private final PageLimits pages;

  ConcurrencyLimitRoutes(
      Commands commands,
      ConcurrencyLimitQueries limits,
      SlotLedger ledger,
      RetryAfter retryAfter,
      PageLimits pages) {
    this.commands = commands;
    this.limits = limits;
    this.ledger = ledger;
    this.retryAfter = retryAfter;
    this.pages = pages;
  }

  record NewLimit(
      @Default("true") boolean active,
      @Matches(NAME) String name,
      @AtLeast(0) int limit,
      @Default("0") @AtLeast(0) int activeSlots,
      @Default("0") @AtLeast(0) int deniedSlots,
      @Default("0") @AtLeast(0) double slotDecayPerSecond) {}

  /** A limit as it is shown once, right after it was set. */
  record CreatedLimit(
      UUID id,
      Instant created,
      Instant updated,
      boolean active,
      String name,
      int limit,
      int activeSlots,
      int deniedSlots,
      double slotDecayPerSecond,
      double avgSlotOccupancySeconds) {}

  @PostMapping("/v2/concurrency_limits/")
  @ResponseStatus(HttpStatus.CREATED)
  CreatedLimit create(@Body NewLimit body) {
    UUID id =
        commands.ask(
            new CreateConcurrencyLimit(
                body.name(), body.limit(), body.active(), body.slotDecayPerSecond()),
            UUID.class);
    if (body.activeSlots() > 0 || body.deniedSlots() > 0) {
      ledger.count(id, body.activeSlots(), body.deniedSlots());
    }
    ConcurrencyLimitView limit =
        limits.byId(id).orElseThrow(ConcurrencyLimitHandler.MISSING::asException);
    return new CreatedLimit(
        id,
        limit.created(),
        limit.updated(),
        limit.active(),
        limit.name(),
        limit.limit(),
        limit.activeSlots(),
        body.deniedSlots(),
        limit.slotDecayPerSecond(),
        NEW_OCCUPANCY_SECONDS);
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record LimitList(@Nullable Integer limit, @Default("0") @AtLeast(0) int offset) {}

  @PostMapping("/v2/concurrency_limits/filter")
  List<ConcurrencyLimitView> filter(@Body LimitList body) {
    return limits.page("", pages.checked(body.limit()), body.offset());
  }

  @GetMapping("/v2/concurrency_limits/{idOrName}")
  ConcurrencyLimitView read(@PathVariable String idOrName) {
    return RequestReader.uuid(idOrName)
        .map(limits::byId)
        .orElseGet(() -> limits.byName(idOrName))
        .orElseThrow(ConcurrencyLimitHandler.MISSING::asException);
  }

  record LimitChange(
      Patch<Boolean> active,
      @Matches(NAME) Patch<String> name,
      @AtLeast(0) Patch<Integer> limit,
      @AtLeast(0) Patch<Integer> activeSlots,
      @AtLeast(0) Patch<Integer> deniedSlots,
      @AtLeast(0) Patch<Double> slotDecayPerSecond) {}

  @PatchMapping("/v2/concurrency_limits/{idOrName}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable String idOrName, @Body LimitChange body) {
    UUID id = read(idOrName).id();
    commands.tell(
        new UpdateConcurrencyLimit(
            id,
            Changes.of(body.name()),
            Changes.of(body.limit()),
            Changes.of(body.active()),
            Changes.of(body.slotDecayPerSecond())));
    @Nullable Integer active = given(body.activeSlots());
    @Nullable Integer denied = given(body.deniedSlots());
    if (active != null || denied != null) {
      ledger.count(id, active, denied);
    }
  }

  private static @Nullable Integer given(Patch<Integer> patch) {
    return patch instanceof Patch.Given<Integer>(Integer value) ? value : null;
  }

  @DeleteMapping("/v2/concurrency_limits/{idOrName}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String idOrName) {
    commands.tell(new DeleteConcurrencyLimit(read(idOrName).id()));
  }

  /** What slots are taken for. */
  @Literal
  enum Mode {
    @JsonProperty("concurrency")
    CONCURRENCY,
    @JsonProperty("rate_limit")
    RATE_LIMIT
  }

  /** A limit whose slots were taken or given back. */
  record LimitTaken(UUID id, String name, int limit) {
    static List<LimitTaken> of(List<LimitUse> limits) {
      return limits.stream()
          .map(limit -> new LimitTaken(limit.id(), limit.name(), limit.limit()))
          .toList();
    }
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record Increment(
      @MoreThan(0) int slots,
      List<String> names,
      @Default("\"concurrency\"") Mode mode,
      @Nullable Boolean createIfMissing) {}

  @PostMapping("/v2/concurrency_limits/increment")
  ResponseEntity<?> increment(@Body Increment body) {
    requireDecay(body.mode(), body.names(), body.slots());
    Taking taking = ledger.take(body.names(), body.slots(), null);
    return answer(taking, body.slots(), taken -> LimitTaken.of(taken.limits()));
  }

  /** Kinds of holders. */
  @Literal
  enum HolderType {
    @JsonProperty("flow_run")
    FLOW_RUN,
    @JsonProperty("task_run")
    TASK_RUN,
    @JsonProperty("deployment")
    DEPLOYMENT
  }

  /** Who asks for a lease. */
  record LeaseHolder(HolderType type, UUID id) {
    private Lease.Holder toHolder() {
      return new Lease.Holder(type.name().toLowerCase(Locale.ROOT), id);
    }
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record NewLease(
      @MoreThan(0) int slots,
      List<String> names,
      @Default("\"concurrency\"") Mode mode,
      @Default("300") @AtLeast(60) @AtMost(86_400) double leaseDuration,
      @Nullable LeaseHolder holder) {}

  /** A lease and the limits whose slots it holds. */
  record LeaseTaken(@Nullable UUID leaseId, List<LimitTaken> limits) {}

  @PostMapping("/v2/concurrency_limits/increment-with-lease")
  ResponseEntity<?> incrementWithLease(@Body NewLease body) {
    requireDecay(body.mode(), body.names(), body.slots());
    LeaseHolder holder = body.holder();
    Lease lease =
        new Lease(seconds(body.leaseDuration()), holder == null ? null : holder.toHolder());
    Taking taking = ledger.take(body.names(), body.slots(), lease);
    return answer(
        taking,
        body.slots(),
        taken -> new LeaseTaken(taken.leaseId(), LimitTaken.of(taken.limits())));
  }

  private interface Shown {
    Object of(Taken taken);
  }

  private ResponseEntity<?> answer(Taking taking, int slots, Shown shown) {
    return switch (taking) {
      case Taken taken -> ResponseEntity.ok(shown.of(taken));
      case TooMany ignored -> throw tooMany();
      case Full full ->
          ResponseEntity.status(HttpStatus.LOCKED)
              .header("Retry-After", Double.toString(retryAfter.seconds(full.limits(), slots)))
              .body(new Detail("Locked"));
    };
  }

  private static RuntimeException tooMany() {
    return new Refusal(Kind.UNPROCESSABLE, "Slots requested is greater than the limit")
        .asException();
  }

  /** A rate can only be limited where slots free themselves. */
  private void requireDecay(Mode mode, List<String> names, int slots) {
    if (mode != Mode.RATE_LIMIT) {
      return;
    }
    List<ConcurrencyLimitView> enforced =
        limits.byNames(names).stream().filter(ConcurrencyLimitView::active).toList();
    if (enforced.stream().anyMatch(limit -> limit.limit() < slots)) {
      throw tooMany();
    }
    String without =
        enforced.stream()
            .filter(limit -> limit.slotDecayPerSecond() == 0)
            .map(ConcurrencyLimitView::name)
            .collect(Collectors.joining(","));
    if (!without.isEmpty()) {
      throw new Refusal(
              Kind.UNPROCESSABLE,
              "Only concurrency limits with slot decay can be used for rate limiting. The following"
                  + " limits do not have a decay configured: '"
                  + without
                  + "'")
          .asException();
    }
  }

  @IgnoresUnknownKeys
  record Decrement(
      @MoreThan(0) int slots,
      List<String> names,
      @MoreThan(0) @Nullable Double occupancySeconds,
      @Nullable Boolean createIfMissing) {}

  @PostMapping("/v2/concurrency_limits/decrement")
  List<LimitTaken> decrement(@Body Decrement body) {
    return LimitTaken.of(ledger.give(body.names(), body.slots(), body.occupancySeconds()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record Renewal(@Default("300") @AtLeast(60) @AtMost(86_400) double leaseDuration) {}

  @PostMapping("/v2/concurrency_limits/leases/{leaseId}/renew")
  ResponseEntity<Detail> renew(@PathVariable UUID leaseId, @Body Renewal body) {
    return ledger.renew(leaseId, seconds(body.leaseDuration()))
        ? ResponseEntity.noContent().build()
        : ResponseEntity.status(HttpStatus.GONE)
            .body(new Detail("Lease not found - it may have expired or been revoked"));
  }

  @IgnoresUnknownKeys
  record Release(UUID leaseId) {}

  @PostMapping("/v2/concurrency_limits/decrement-with-lease")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@Body Release body) {
    ledger.release(body.leaseId());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
  }
}
