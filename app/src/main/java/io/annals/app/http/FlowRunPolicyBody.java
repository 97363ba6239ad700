package io.annals.app.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A flow run's policy as clients send it; the two oldest fields stand in for the newer ones. */
@IgnoresUnknownKeys
record FlowRunPolicyBody(
    @Default("0") int maxRetries,
    @Default("0") double retryDelaySeconds,
    @Nullable Integer retries,
    @Nullable Integer retryDelay,
    @Default("[]") @Nullable Set<String> pauseKeys,
    @Default("false") @Nullable Boolean resuming,
    @Nullable RetryType retryType) {
  /** How a run is retried. */
  enum RetryType {
    @JsonProperty("in_process")
    IN_PROCESS("in_process"),
    @JsonProperty("reschedule")
    RESCHEDULE("reschedule");

    private final String word;

    RetryType(String word) {
      this.word = word;
    }
  }

  EmpiricalPolicy policy() {
    boolean retriesSaid = retries != null && retries != 0;
    boolean delaySaid = retryDelay != null && retryDelay != 0;
    return new EmpiricalPolicy(
        maxRetries,
        retryDelaySeconds,
        !retriesSaid && maxRetries != 0 ? Integer.valueOf(maxRetries) : retries,
        !delaySaid && retryDelaySeconds != 0
            ? Integer.valueOf((int) retryDelaySeconds)
            : retryDelay,
        pauseKeys == null ? List.of() : List.copyOf(pauseKeys),
        resuming,
        retryType == null ? null : retryType.word);
  }
}
