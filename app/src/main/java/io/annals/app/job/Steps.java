package io.annals.app.job;

import org.jspecify.annotations.Nullable;

/** The steps of a job that do not need each other. */
final class Steps {
  private Steps() {}

  /** Takes one after the other. One that fails keeps none from its turn, but is told at the end. */
  static void inTurn(Runnable... steps) {
    @Nullable RuntimeException first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException failure) {
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
