package io.annals.app.slot;

import io.annals.command.concurrency.ConcurrencyLimit;
import io.annals.command.taskrun.TagSlots;
import io.annals.command.taskrun.rule.TagSlot;
import io.annals.query.concurrency.Lease;
import io.annals.query.concurrency.Lease.Holder;
import io.annals.query.concurrency.LimitUse;
import io.annals.query.concurrency.SlotLedger;
import io.annals.query.concurrency.SlotLedger.Waits;
import io.annals.query.concurrency.Taking;
import io.annals.query.concurrency.Taking.Full;
import io.annals.query.concurrency.Taking.Taken;
import io.annals.query.concurrency.Taking.TooMany;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Slots of tags are slots of the limits named after them, under leases that a task run holds. */
public final class LeasedTagSlots implements TagSlots {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final SlotLedger ledger;
  private final Waits waits;

  /** Keeps leases in the ledger. */
  public LeasedTagSlots(SlotLedger ledger, Waits waits) {
    this.ledger = ledger;
    this.waits = waits;
  }

  @Override
  public TagSlot take(UUID taskRunId, List<String> tags) {
    Taking taking =
        ledger.takeWhatIsMissing(
            names(tags), Lease.UNTIL_THE_HOLDER_ENDS, Holder.taskRun(taskRunId));
    return switch (taking) {
      case Taken taken -> taken(taken.leaseId());
      case Full full -> allTaken(enforced(full.limits()));
      case TooMany none ->
          enforced(none.limits()).stream()
              .filter(limit -> limit.limit() < 1)
              .findFirst()
              .<TagSlot>map(limit -> new TagSlot.Closed(tag(limit)))
              .orElseThrow();
    };
  }

  private static TagSlot taken(@Nullable UUID leaseId) {
    return leaseId == null ? new TagSlot.NotNeeded() : new TagSlot.Held(leaseId);
  }

  private TagSlot allTaken(List<LimitUse> limits) {
    double longest = waits.ofTags().toMillis() / MILLIS_PER_SECOND;
    double average =
        limits.stream()
            .max(Comparator.comparingDouble(LeasedTagSlots::pressure))
            .map(limit -> Math.min(limit.averageOccupancySeconds(), longest))
            .orElse(longest);
    return new TagSlot.AllTaken(limits.stream().map(LeasedTagSlots::tag).toList(), average);
  }

  private static double pressure(LimitUse limit) {
    return (double) limit.taken() / limit.limit();
  }

  private static List<LimitUse> enforced(List<LimitUse> limits) {
    return limits.stream().filter(LimitUse::active).toList();
  }

  private static String tag(LimitUse limit) {
    return limit.name().substring(ConcurrencyLimit.TAG_PREFIX.length());
  }

  @Override
  public void giveBack(UUID leaseId) {
    ledger.release(leaseId);
  }

  @Override
  public void giveBackAllOf(UUID taskRunId, List<String> tags) {
    ledger.releaseAllOf(taskRunId, names(tags));
  }

  private static List<String> names(List<String> tags) {
    return tags.stream().map(tag -> ConcurrencyLimit.TAG_PREFIX + tag).toList();
  }
}
