package io.annals.app.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.concurrency.Leases;
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leases on slots, which the client asks for before every tagged task. Limits cannot be made yet,
 * so every name is unknown; unknown names are skipped, and the lease is real all the same.
 */
@RestController
class ConcurrencyLeaseRoutes {
  private final Leases leases;

  ConcurrencyLeaseRoutes(Leases leases) {
    this.leases = leases;
  }

  /** What slots are taken for. */
  enum Mode {
    @JsonProperty("concurrency")
    CONCURRENCY,
    @JsonProperty("rate_limit")
    RATE_LIMIT
  }

  @IgnoresUnknownKeys
  record NewLease(
      @AtLeast(1) int slots,
      List<String> names,
      @Default("\"concurrency\"") Mode mode,
      @Default("300") @AtLeast(60) @AtMost(86_400) double leaseDuration,
      @Nullable ObjectNode holder) {}

  /** A lease and the limits whose slots it holds. */
  record LeaseView(UUID leaseId, List<JsonNode> limits) {}

  @PostMapping("/v2/concurrency_limits/increment-with-lease")
  LeaseView take(@Body NewLease body) {
    return new LeaseView(leases.take(seconds(body.leaseDuration()), body.holder()), List.of());
  }

  @IgnoresUnknownKeys
  record Renewal(@Default("300") @AtLeast(60) @AtMost(86_400) double leaseDuration) {}

  @PostMapping("/v2/concurrency_limits/leases/{leaseId}/renew")
  ResponseEntity<Detail> renew(@PathVariable UUID leaseId, @Body Renewal body) {
    return leases.renew(leaseId, seconds(body.leaseDuration()))
        ? ResponseEntity.noContent().build()
        : ResponseEntity.status(HttpStatus.GONE)
            .body(new Detail("Lease not found - it may have expired or been revoked"));
  }

  @IgnoresUnknownKeys
  record Release(UUID leaseId) {}

  @PostMapping("/v2/concurrency_limits/decrement-with-lease")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@Body Release body) {
    leases.release(body.leaseId());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
