package io.annals.app.job;

import io.annals.query.concurrency.Leases;
import java.time.Duration;
import java.time.Instant;

/** Forgets leases that nobody renewed (Prefect's repossessor). */
public final class LeaseExpiry implements Job {
  private final Leases leases;
  private final Duration every;

  /** Looks at the given interval. */
  public LeaseExpiry(Leases leases, Duration every) {
    this.leases = leases;
    this.every = every;
  }

  @Override
  public String name() {
    return "lease-expiry";
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void run(Instant now) {
    leases.dropExpired();
  }
}
