package io.annals.query.log;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.EventCodec;
import io.annals.events.log.Face;
import io.annals.events.log.FaceBody;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of the log by position. */
public final class LogReader {
  private static final String AFTER =
      """
      SELECT position, event_id, family, stream, version, type, revision, occurred, recorded,
          payload, metadata, face_name, face
      FROM event_log WHERE position > ? ORDER BY position LIMIT ?
      """;

  private static final String HEAD = "SELECT position FROM log_head";

  private final EventCodec codec;

  /** Reads events that the codec knows. */
  public LogReader(EventCodec codec) {
    this.codec = codec;
  }

  /** The last committed position, 0 for an empty log. */
  public long head(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEAD);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Up to the given number of events after a position, in order. */
  public List<LoggedEvent> after(Connection connection, long position, int maxEvents)
      throws SQLException {
    List<LoggedEvent> events = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(AFTER)) {
      statement.setLong(1, position);
      statement.setInt(2, maxEvents);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          events.add(event(row));
        }
      }
    }
    return events;
  }

  private LoggedEvent event(ResultSet row) throws SQLException {
    UUID id = row.getObject("event_id", UUID.class);
    Instant occurred = row.getObject("occurred", OffsetDateTime.class).toInstant();
    Family family = "D".equals(row.getString("family")) ? Family.DOMAIN : Family.OBSERVED;
    return new LoggedEvent(
        row.getLong("position"),
        id,
        family,
        row.getString("stream"),
        family == Family.DOMAIN ? row.getLong("version") : -1,
        occurred,
        row.getObject("recorded", OffsetDateTime.class).toInstant(),
        payload(row),
        codec.readOrigin(row.getString("metadata")),
        face(row, id, occurred));
  }

  private @Nullable DomainEvent payload(ResultSet row) throws SQLException {
    String text = row.getString("payload");
    return text == null ? null : codec.read(row.getString("type"), row.getInt("revision"), text);
  }

  private static @Nullable Face face(ResultSet row, UUID id, Instant occurred) throws SQLException {
    String text = row.getString("face");
    if (text == null) {
      return null;
    }
    FaceBody body = EventCodec.JSON.readValue(text, FaceBody.class);
    return new Face(
        id,
        occurred,
        row.getString("face_name"),
        body.resource(),
        body.related(),
        body.payload(),
        body.follows());
  }
}
