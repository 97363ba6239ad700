package io.annals.app.job;

import io.annals.query.concurrency.SlotLedger;
import java.time.Duration;
import java.time.Instant;

/**
 * Ends leases that nobody renewed (Prefect's repossessor), and those that were to last as long as a
 * run that has ended since.
 */
public final class LeaseExpiry implements Job {
  private final SlotLedger ledger;
  private final Duration every;

  /** Looks at the given interval. */
  public LeaseExpiry(SlotLedger ledger, Duration every) {
    this.ledger = ledger;
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
    ledger.removeWhatIsOver();
  }
}
