package io.annals.command.log;

import io.annals.events.log.EventCodec;
import io.annals.events.log.EventCodec.Stored;
import io.annals.events.log.Face;
import io.annals.events.log.FaceBody;
import org.jspecify.annotations.Nullable;

/**
 * What the log keeps of an event as text. Written by the thread that submits the event, so that the
 * one committing thread has less to do, and an event that cannot be written harms nobody else.
 *
 * @param type the stored name and revision, null for an observed event
 */
record StoredText(
    @Nullable Stored type, @Nullable String payload, String metadata, @Nullable String face) {
  /** How long all of it is. */
  long characters() {
    return length(payload) + metadata.length() + length(face);
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  static StoredText of(PendingEvent event, EventCodec codec) {
    Face face = event.face();
    return new StoredText(
        event.payload() == null ? null : codec.typeOf(event.payload()),
        event.payload() == null ? null : codec.write(event.payload()),
        codec.write(event.origin()),
        face == null ? null : codec.write(FaceBody.of(face)));
  }
}
