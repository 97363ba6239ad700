package io.annals.command.deployment;

/** What becomes of dates that passed while nobody planned, such as during an outage. */
public enum MissedDates {
  /** They are over, as in Prefect. */
  NONE,
  /** The last one is made up for. */
  LATEST,
  /** All are made up for, the latest first where there are too many. */
  ALL
}
