package io.annals.command.flowrun.rule;

import io.annals.events.state.StateDetails;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Details of paused states. */
final class Pauses {
  private Pauses() {}

  static StateDetails pause(@Nullable String key, boolean reschedule, @Nullable Instant timeout) {
    return new StateDetails(
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        timeout,
        reschedule,
        key,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
