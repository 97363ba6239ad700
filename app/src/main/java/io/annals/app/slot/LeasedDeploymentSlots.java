package io.annals.app.slot;

import io.annals.command.flowrun.DeploymentSlots;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.SlotQuestion;
import io.annals.query.concurrency.DeploymentLimits;
import io.annals.query.concurrency.DeploymentLimits.DeploymentLimit;
import io.annals.query.concurrency.Lease;
import io.annals.query.concurrency.Lease.Holder;
import io.annals.query.concurrency.LimitUse;
import io.annals.query.concurrency.SlotLedger;
import io.annals.query.concurrency.Taking.Full;
import io.annals.query.concurrency.Taking.Taken;
import io.annals.query.concurrency.Taking.TooMany;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Slots of deployments are slots of the limits that they are attached to, under leases. */
public final class LeasedDeploymentSlots implements DeploymentSlots {
  private final DeploymentLimits limits;
  private final SlotLedger ledger;
  private final Settings settings;

  /**
   * How long is waited for slots, and for runs that have one.
   *
   * @param comeBackAfter PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS
   * @param gracePeriod PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION
   */
  public record Settings(Duration comeBackAfter, Duration gracePeriod) {}

  /** Keeps leases in the ledger. */
  public LeasedDeploymentSlots(DeploymentLimits limits, SlotLedger ledger, Settings settings) {
    this.limits = limits;
    this.ledger = ledger;
    this.settings = settings;
  }

  @Override
  public DeploymentSlot answer(SlotQuestion question) {
    return switch (question) {
      case SlotQuestion.None ignored -> new DeploymentSlot.NotAsked();
      case SlotQuestion.Take take -> take(take);
      case SlotQuestion.Renew renew -> renew(renew);
      case SlotQuestion.Keep keep -> {
        ledger.keep(keep.leaseId(), Holder.stateOf(keep.flowRunId()));
        yield new DeploymentSlot.NotNeeded();
      }
      case SlotQuestion.Look look -> look(look);
    };
  }

  private DeploymentSlot take(SlotQuestion.Take take) {
    Optional<DeploymentLimit> found = limits.of(take.deploymentId());
    if (found.isEmpty()) {
      return new DeploymentSlot.DeploymentGone();
    }
    DeploymentLimit limit = found.get();
    UUID limitId = limit.limitId();
    return limitId == null
        ? new DeploymentSlot.NotNeeded()
        : slot(limit, limitId, take.flowRunId());
  }

  private DeploymentSlot renew(SlotQuestion.Renew renew) {
    DeploymentLimit limit = limits.of(renew.deploymentId()).orElse(null);
    UUID limitId = limit == null ? null : limit.limitId();
    if (limit == null || limitId == null) {
      return new DeploymentSlot.NotNeeded();
    }
    return ledger.renew(renew.leaseId(), gracePeriod(limit))
        ? new DeploymentSlot.Held(renew.leaseId())
        : slot(limit, limitId, renew.flowRunId());
  }

  private DeploymentSlot slot(DeploymentLimit limit, UUID limitId, UUID flowRunId) {
    Lease lease = new Lease(gracePeriod(limit), Holder.stateOf(flowRunId));
    return switch (ledger.takeOne(limitId, lease)) {
      case Taken(var limits, UUID leaseId) when leaseId != null && !limits.isEmpty() ->
          new DeploymentSlot.Held(leaseId);
      case Taken ignored -> new DeploymentSlot.NotNeeded();
      case Full ignored -> allTaken(limit);
      case TooMany ignored -> new DeploymentSlot.Closed();
    };
  }

  private DeploymentSlot look(SlotQuestion.Look look) {
    DeploymentLimit limit = limits.of(look.deploymentId()).orElse(null);
    UUID limitId = limit == null ? null : limit.limitId();
    if (limit == null || limitId == null || !limit.cancelsNew()) {
      return new DeploymentSlot.NotNeeded();
    }
    return ledger.use(limitId).filter(LimitUse::isFull).isPresent()
        ? allTaken(limit)
        : new DeploymentSlot.NotNeeded();
  }

  private DeploymentSlot allTaken(DeploymentLimit limit) {
    return new DeploymentSlot.AllTaken(limit.cancelsNew(), settings.comeBackAfter());
  }

  private Duration gracePeriod(DeploymentLimit limit) {
    Duration own = limit.gracePeriod();
    return own == null ? settings.gracePeriod() : own;
  }

  @Override
  public void giveBack(UUID leaseId) {
    ledger.release(leaseId);
  }
}
