package io.annals.command.decision;

/**
 * Spreads delays so that what failed together does not come back together: an exponential
 * distribution, cut off on both sides so that its mean stays about where it was.
 */
public final class Jitter {
  /** From this factor on the lower bound is too close to zero to be told from it. */
  private static final double WIDEST_MULTIPLE = 50;

  private static final double SMALLEST_REMAINDER = 1e-10;

  private Jitter() {}

  /**
   * A delay around an average one.
   *
   * @param factor how far above the average it may be, as a part of it; more than zero
   * @param chance from 0 for the shortest delay up to 1 for the longest
   */
  public static double around(double averageSeconds, double factor, double chance) {
    double upper = 1 + factor;
    double lower =
        upper >= WIDEST_MULTIPLE
            ? 0
            : Math.log(Math.pow(2, upper) / (Math.pow(2, upper) - 1)) / Math.log(2);
    double from = 1 - Math.exp(-lower);
    double until = 1 - Math.exp(-upper);
    double drawn = from + (until - from) * chance;
    return -Math.log(Math.max(1 - drawn, SMALLEST_REMAINDER)) * averageSeconds;
  }
}
