package io.annals.events.state;

/** Prefect's state types. */
public enum StateType {
  SCHEDULED("Scheduled"),
  PENDING("Pending"),
  RUNNING("Running"),
  COMPLETED("Completed"),
  FAILED("Failed"),
  CANCELLED("Cancelled"),
  CRASHED("Crashed"),
  PAUSED("Paused"),
  CANCELLING("Cancelling");

  private final String defaultName;

  StateType(String defaultName) {
    this.defaultName = defaultName;
  }

  /** The name of a state of this type that was given none. */
  public String defaultName() {
    return defaultName;
  }

  /** Whether a run in such a state is over ("final" in Prefect's words). */
  public boolean isTerminal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELLED, CRASHED -> true;
      case SCHEDULED, PENDING, RUNNING, PAUSED, CANCELLING -> false;
    };
  }
}
