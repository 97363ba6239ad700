package io.annals.command.taskrun.rule;

import io.annals.events.state.State;

/** What a rule makes of a proposed change of state. */
public sealed interface Verdict {
  /** The change may go on, perhaps under another name, with other details or counts. */
  record Pass(State to, Counts counts) implements Verdict {}

  /** Another state takes the place of the proposed one: Prefect's REJECT with a state. */
  record Replace(State with, String reason) implements Verdict {}

  /** The run stays where it is: Prefect's REJECT without a state. */
  record Reject(String reason) implements Verdict {}

  /** The run stays where it is for now: the client is to ask again. */
  record Wait(int delaySeconds, String reason) implements Verdict {}

  /** The run stays where it is, and the client is to stop working on it. */
  record Abort(String reason) implements Verdict {}
}
