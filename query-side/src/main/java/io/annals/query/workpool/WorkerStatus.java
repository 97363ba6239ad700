package io.annals.query.workpool;

/** Whether a worker tells that it is there. */
public enum WorkerStatus {
  /** It told so a moment ago. */
  ONLINE,
  /** It has not for several of its intervals. */
  OFFLINE
}
