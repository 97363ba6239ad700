package io.annals.app.http;

import io.annals.command.concurrency.ConcurrencyLimit;
import io.annals.command.decision.Jitter;
import io.annals.query.concurrency.LimitUse;
import io.annals.query.concurrency.SlotLedger.Waits;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** When to ask again for slots that are taken: the header Retry-After of Prefect's 423. */
@Component
final class RetryAfter {
  private static final double SPREAD = 0.3;
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Waits waits;
  private final RandomGenerator random;

  @Autowired
  RetryAfter(Waits waits) {
    this(waits, new Random());
  }

  RetryAfter(Waits waits, RandomGenerator random) {
    this.waits = waits;
    this.random = random;
  }

  /**
   * Seconds until one of the limits that are enforced may have room.
   *
   * @param slots slots that were asked for, as the limits' denied slots do not say yet
   */
  double seconds(List<LimitUse> limits, int slots) {
    return limits.stream()
        .filter(LimitUse::active)
        .max(Comparator.comparingDouble(limit -> pressure(limit, slots)))
        .map(limit -> average(limit, pressure(limit, slots)))
        .filter(average -> average > 0)
        .map(average -> Jitter.around(average, SPREAD, random.nextDouble()))
        .orElse(0.0);
  }

  /** Prefect counts a denied request twice: among the denied slots, and as the one that asks. */
  private static double pressure(LimitUse limit, int slots) {
    double asked = slots + limit.denied() + (double) slots;
    return limit.decayPerSecond() > 0 ? asked : asked / limit.limit();
  }

  private double average(LimitUse limit, double pressure) {
    if (limit.decayPerSecond() > 0) {
      return pressure / limit.decayPerSecond();
    }
    double longest =
        (limit.name().startsWith(ConcurrencyLimit.TAG_PREFIX) ? waits.ofTags() : waits.ofOthers())
                .toMillis()
            / MILLIS_PER_SECOND;
    return Math.min(Math.min(limit.averageOccupancySeconds(), longest) * pressure, longest);
  }
}
