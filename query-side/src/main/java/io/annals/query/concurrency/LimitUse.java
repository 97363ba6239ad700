package io.annals.query.concurrency;

import java.util.UUID;

/**
 * A limit and how it is used at this moment, and how that changes when slots are taken or given
 * back. Pure.
 *
 * @param limit slots
 * @param decayPerSecond slots that free themselves; 0 when only their holders do
 * @param counted slots taken without a lease, less those that freed themselves
 * @param leased slots that live leases hold
 * @param denied slots that were asked for in vain, less those that were granted since
 * @param averageOccupancySeconds how long a slot is held
 */
public record LimitUse(
    UUID id,
    String name,
    int limit,
    boolean active,
    double decayPerSecond,
    int counted,
    int leased,
    int denied,
    double averageOccupancySeconds) {
  /** Shorter occupancies count as this long, in seconds, so that an average never reaches zero. */
  static final double SHORTEST_OCCUPANCY = 0.1;

  /** How many recent holders an average remembers, for each slot of the limit. */
  private static final double REMEMBERED_PER_SLOT = 2.0;

  /** Slots that are not free. */
  public int taken() {
    return counted + leased;
  }

  /** Whether no slot is free. */
  public boolean isFull() {
    return !hasRoomFor(1);
  }

  /** Whether so many slots are free. */
  boolean hasRoomFor(int slots) {
    return (long) counted + leased + slots <= limit;
  }

  /** Whether slots free themselves, so that a lease on them has nothing to give back. */
  boolean decays() {
    return decayPerSecond > 0;
  }

  /** The use once so many slots are taken. */
  LimitUse granting(int slots, boolean underLease) {
    return underLease && !decays()
        ? with(counted, leased + slots, denied, averageOccupancySeconds)
        : counting(counted + slots);
  }

  /** The use once so many slots were asked for in vain. */
  LimitUse denying(int slots) {
    return withDenied(denied + slots);
  }

  /** The use once so many slots are counted. */
  LimitUse counting(int slots) {
    return with(Math.max(0, slots), leased, denied, averageOccupancySeconds);
  }

  /** The use with another number of slots that were asked for in vain. */
  LimitUse withDenied(int slots) {
    return with(counted, leased, slots, averageOccupancySeconds);
  }

  /** The use once so many slots were held for so long: recent holders weigh more. */
  LimitUse occupied(double seconds, int slots) {
    if (limit == 0) {
      return this;
    }
    double perSlot = Math.max(seconds / Math.max(slots, 1), SHORTEST_OCCUPANCY);
    double weight = 1 / (REMEMBERED_PER_SLOT * limit);
    double average = averageOccupancySeconds + (perSlot - averageOccupancySeconds) * weight;
    return with(counted, leased, denied, average);
  }

  private LimitUse with(int newCounted, int newLeased, int newDenied, double newAverage) {
    return new LimitUse(
        id, name, limit, active, decayPerSecond, newCounted, newLeased, newDenied, newAverage);
  }
}
