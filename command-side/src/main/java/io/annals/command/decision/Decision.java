package io.annals.command.decision;

import java.util.List;

/**
 * What a decider has decided.
 *
 * @param events what happened, in order; empty when nothing did
 * @param answer what the caller is told once the events are stored
 */
public record Decision<E, A>(List<E> events, A answer) {
  /** Copies the events. */
  public Decision {
    events = List.copyOf(events);
  }
}
