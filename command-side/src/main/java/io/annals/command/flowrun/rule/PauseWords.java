package io.annals.command.flowrun.rule;

import io.annals.events.state.State;
import java.util.Locale;

/** How Prefect's answers speak of pauses and suspensions. */
final class PauseWords {
  private PauseWords() {}

  /** What a proposed state does to a run. */
  static String verb(State to) {
    return to.name().equals("Suspended") ? "suspend" : "pause";
  }

  /** What a proposed state calls itself inside a sentence. */
  static String display(State to) {
    String name = to.name().isEmpty() ? to.type().name() : to.name();
    return name.toLowerCase(Locale.ROOT);
  }
}
