package io.annals.command.log;

import io.annals.events.log.EventCodec;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Events that stand or fall together, waiting for the group commit.
 *
 * @param texts what is stored of each event
 * @param characters how long the texts are
 * @param done completed after the commit, or exceptionally when these events were not stored
 */
record Append(
    List<PendingEvent> events,
    List<StoredText> texts,
    long characters,
    CompletableFuture<Void> done) {
  static Append of(List<PendingEvent> events, EventCodec codec) {
    List<StoredText> texts = events.stream().map(event -> StoredText.of(event, codec)).toList();
    long characters = texts.stream().mapToLong(StoredText::characters).sum();
    return new Append(events, texts, characters, new CompletableFuture<>());
  }
}
