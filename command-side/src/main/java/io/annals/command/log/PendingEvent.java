package io.annals.command.log;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.Face;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event on its way into the log: all but its position and the time it is recorded. */
record PendingEvent(
    UUID id,
    Family family,
    @Nullable String stream,
    long version,
    Instant occurred,
    @Nullable DomainEvent payload,
    Origin origin,
    @Nullable Face face) {
  /** The log keeps microseconds: what is projected now must equal what is read back later. */
  PendingEvent {
    occurred = occurred.truncatedTo(ChronoUnit.MICROS);
  }

  static PendingEvent observed(Face face, Origin origin) {
    return new PendingEvent(
        face.id(), Family.OBSERVED, null, -1, face.occurred(), null, origin, face);
  }

  /** The same with what only the append knows. */
  LoggedEvent logged(long position, Instant recorded) {
    return new LoggedEvent(
        position, id, family, stream, version, occurred, recorded, payload, origin, face);
  }
}
