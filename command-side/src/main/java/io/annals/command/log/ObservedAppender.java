package io.annals.command.log;

import io.annals.events.log.Face;
import io.annals.events.log.Origin;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way into the log for what clients report. */
public interface ObservedAppender {
  /**
   * Queues events for the next group commit. Events whose id is stored already are dropped.
   *
   * @return completed when they are committed
   * @throws io.annals.command.decision.UnavailableException when the queue is full
   */
  CompletableFuture<Void> append(List<Face> faces, Origin origin);
}
