package io.annals.query.concurrency;

import java.util.UUID;

/**
 * A limit and how it is used at this moment.
 *
 * @param limit slots
 * @param decayPerSecond slots that free themselves; 0 when only their holders do
 * @param counted slots taken without a lease, less those that freed themselves
 * @param leased slots that leases hold
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

  /** Whether so many slots are free. */
  boolean hasRoomFor(int slots) {
    return counted + leased + slots <= limit;
  }

  /** The average after so many slots were held for so long: recent holders weigh more. */
  double averageAfter(double occupancySeconds, int slots) {
    if (limit == 0) {
      return averageOccupancySeconds;
    }
    double weight = 2.0 * limit;
    double perSlot = Math.max(occupancySeconds / Math.max(slots, 1), SHORTEST_OCCUPANCY);
    return averageOccupancySeconds + perSlot / weight - averageOccupancySeconds / weight;
  }
}
