package io.annals.command.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Events that stand or fall together, waiting for the group commit.
 *
 * @param done completed after the commit, or exceptionally when these events were not stored
 */
record Append(List<PendingEvent> events, CompletableFuture<Void> done) {
  Append(List<PendingEvent> events) {
    this(events, new CompletableFuture<>());
  }
}
