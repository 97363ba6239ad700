package io.annals.events.deployment;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a run that finds all slots of its deployment taken.
 *
 * @param gracePeriodSeconds how long a slot is kept for infrastructure that is being started; null
 *     for the server's setting
 */
public record ConcurrencyOptions(
    CollisionStrategy collisionStrategy, @Nullable Integer gracePeriodSeconds) {
  /** How a collision ends. */
  public enum CollisionStrategy {
    /** The run waits for a slot. */
    ENQUEUE,
    /** The run is cancelled. */
    CANCEL_NEW
  }
}
