package io.annals.query.log;

import io.annals.events.log.RowHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the hash chain of a family from its first stored row on. Domain events chain from an
 * empty hash; observed events from whatever row retention left as the oldest. A single event that
 * retention removed has left its hash, which is trusted; its neighbours are checked against it.
 */
public final class LogVerification {
  private static final int FETCH_ROWS = 1_000;

  private static final String DOMAIN_ROWS =
      """
      SELECT position, event_id, stream, version, type, revision, occurred, recorded, payload,
          metadata, face_name, face, hash, false AS removed
      FROM event_log WHERE family = 'D' ORDER BY position
      """;

  /** What retention removed out of the middle of a day has left its hash. */
  private static final String OBSERVED_ROWS =
      """
      SELECT position, event_id, stream, version, type, revision, occurred, recorded, payload,
          metadata, face_name, face, hash, false AS removed
      FROM event_log WHERE family = 'O'
      UNION ALL
      SELECT position, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
          NULL, face_name, NULL, hash, true
      FROM event_log_removed
      ORDER BY position
      """;

  private LogVerification() {}

  /**
   * The position of the first domain event that was changed, inserted or follows a missing one.
   *
   * @param connection without auto-commit, so that rows are streamed
   */
  public static Optional<Long> firstBrokenDomainEvent(Connection connection) throws SQLException {
    return firstBroken(connection, DOMAIN_ROWS, new byte[0]);
  }

  /** The same for observed events; the oldest one kept is the anchor and is trusted. */
  public static Optional<Long> firstBrokenObservedEvent(Connection connection) throws SQLException {
    return firstBroken(connection, OBSERVED_ROWS, null);
  }

  private static Optional<Long> firstBroken(
      Connection connection, String rows, byte @Nullable [] anchor) throws SQLException {
    byte[] previous = anchor;
    try (PreparedStatement statement = connection.prepareStatement(rows)) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          byte[] stored = row.getBytes("hash");
          if (previous != null
              && !row.getBoolean("removed")
              && !Arrays.equals(stored, hash(previous, row))) {
            return Optional.of(row.getLong("position"));
          }
          previous = stored;
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] hash(byte[] previous, ResultSet row) throws SQLException {
    Long version = row.getObject("version", Long.class);
    Integer revision = row.getObject("revision", Integer.class);
    return RowHash.of(
        previous,
        row.getLong("position"),
        row.getObject("recorded", OffsetDateTime.class).toInstant(),
        row.getString("event_id"),
        row.getString("stream"),
        version,
        row.getString("type"),
        revision == null ? null : revision.shortValue(),
        row.getObject("occurred", OffsetDateTime.class).toInstant().toString(),
        row.getString("payload"),
        row.getString("metadata"),
        row.getString("face_name"),
        row.getString("face"));
  }
}
