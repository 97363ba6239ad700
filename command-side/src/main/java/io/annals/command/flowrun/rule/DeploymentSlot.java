package io.annals.command.flowrun.rule;

import java.time.Duration;
import java.util.UUID;

/** What became of the question for a slot of a run's deployment: the answer is a fact to rules. */
public sealed interface DeploymentSlot {
  /** No rule needs one. */
  record NotAsked() implements DeploymentSlot {}

  /** The deployment is gone. */
  record DeploymentGone() implements DeploymentSlot {}

  /** The deployment's runs are not limited, or not at this moment. */
  record NotNeeded() implements DeploymentSlot {}

  /** The run has one, under this lease. */
  record Held(UUID leaseId) implements DeploymentSlot {}

  /**
   * All are taken.
   *
   * @param cancelsNew whether a run that finds none is cancelled rather than told to come back
   * @param comeBackAfter when to ask again
   */
  record AllTaken(boolean cancelsNew, Duration comeBackAfter) implements DeploymentSlot {}

  /** There are none: the limit is zero. */
  record Closed() implements DeploymentSlot {}
}
