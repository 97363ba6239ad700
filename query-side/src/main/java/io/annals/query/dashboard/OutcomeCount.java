package io.annals.query.dashboard;

/** How many runs of a span of time ended well, and how many did not. */
public record OutcomeCount(long completed, long failed) {
  static final OutcomeCount NONE = new OutcomeCount(0, 0);
}
