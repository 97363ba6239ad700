package io.annals.events.log;

/** The two families of events that share one log. */
public enum Family {
  /** What this server decided; kept for ever unless told otherwise. */
  DOMAIN,
  /** What clients reported; kept for the event retention period. */
  OBSERVED
}
