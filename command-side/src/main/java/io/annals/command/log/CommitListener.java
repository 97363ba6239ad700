package io.annals.command.log;

import io.annals.events.log.LoggedEvent;
import java.util.List;

/** Told of every batch after its commit, in log order, on the committing thread: be brief. */
@FunctionalInterface
public interface CommitListener {
  /**
   * These events are durable now.
   *
   * @param characters about how much is stored of them
   */
  void committed(List<LoggedEvent> events, long characters);
}
