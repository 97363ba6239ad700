package io.annals.events.deployment;

/** Whether anybody takes the runs of a deployment. */
public enum DeploymentStatus {
  /** A runner or a worker asked for its runs a moment ago. */
  READY,
  /** Nobody would take a run now. */
  NOT_READY
}
