package io.annals.events.workpool;

/** Whether anybody takes runs from a pool or queue. */
public enum WorkStatus {
  /** A worker is online, or polled a moment ago. */
  READY,
  /** Nobody would take a run now. */
  NOT_READY,
  /** Nobody may take a run now. */
  PAUSED
}
