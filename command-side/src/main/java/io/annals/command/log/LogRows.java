package io.annals.command.log;

import io.annals.events.log.EventCodec;
import io.annals.events.log.Face;
import io.annals.events.log.Family;
import io.annals.events.log.IsoInstant;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.RowHash;
import io.annals.events.sql.RowBatch;
import io.annals.events.sql.RowStatement;
import io.annals.events.sql.Transaction;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements that append to {@code event_log}, and the hash that chains its rows. */
final class LogRows {
  /** Whoever reads the row so is the only writer until its transaction ends. */
  private static final String TAKE_HEAD =
      "SELECT position, domain_hash, observed_hash FROM log_head FOR UPDATE";

  /** Takes ids as they are: casts in the text would be made again for every partition. */
  private static final String KNOWN_IDS =
      """
      SELECT event_id FROM event_log_observed WHERE event_id = ANY (?)
      UNION ALL
      SELECT event_id FROM event_log_domain WHERE event_id = ANY (?)
      """;

  /**
   * Moves the head, and with its row takes the right to append. It must be where the writer
   * believes it to be: otherwise the new position is null, which the table does not take, and
   * nothing of the transaction is kept.
   */
  private static final String MOVE_HEAD =
      """
      UPDATE log_head SET position = CASE position WHEN ? THEN ?::bigint END, domain_hash = ?,
          observed_hash = ?
      """;

  private static final RowStatement INSERT =
      new RowStatement(
          """
          INSERT INTO event_log (position, event_id, family, stream, version, type, revision, occurred,
              recorded, payload, metadata, face_name, face_resource_id, face_resource_ids, face, hash)
          SELECT position::bigint, event_id::uuid, family::"char", stream, version::bigint, type,
              revision::smallint, occurred::timestamptz, recorded::timestamptz, payload::json,
              metadata::json, face_name, face_resource_id,
              string_to_array(face_resource_ids, E'\\x1f'), face::json, hash::bytea
          FROM %s
          """,
          "row",
          "position",
          "event_id",
          "family",
          "stream",
          "version",
          "type",
          "revision",
          "occurred",
          "recorded",
          "payload",
          "metadata",
          "face_name",
          "face_resource_id",
          "face_resource_ids",
          "face",
          "hash");

  private static final String RESOURCE_SEPARATOR = "\u001f";
  private static final HexFormat HEX = HexFormat.of();

  private LogRows() {}

  /** Where the log ends: the last position and the last hash of each family. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares heads
  record Head(long position, byte[] domainHash, byte[] observedHash) {}

  static Head takeHead(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_HEAD);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("log_head has no row: the database was not migrated by Annals");
      }
      return new Head(row.getLong(1), row.getBytes(2), row.getBytes(3));
    }
  }

  /** Those of the given ids that the log holds already. */
  static Set<UUID> known(Connection connection, List<UUID> ids) throws SQLException {
    Set<UUID> known = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(KNOWN_IDS)) {
      Array wanted = connection.createArrayOf("uuid", ids.toArray());
      statement.setArray(1, wanted);
      statement.setArray(2, wanted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return known;
  }

  /**
   * Appends events that have their positions, each with its text, and moves the head behind them.
   *
   * @return where the log ends when the transaction is committed
   */
  static Head insert(
      Transaction transaction, Head head, List<LoggedEvent> events, List<StoredText> texts)
      throws SQLException {
    RowBatch rows = INSERT.rows();
    byte[] domainHash = head.domainHash();
    byte[] observedHash = head.observedHash();
    for (int i = 0; i < events.size(); i++) {
      LoggedEvent event = events.get(i);
      if (event.family() == Family.DOMAIN) {
        domainHash = add(rows, event, texts.get(i), domainHash);
      } else {
        observedHash = add(rows, event, texts.get(i), observedHash);
      }
    }
    Head moved = new Head(events.getLast().position(), domainHash, observedHash);
    transaction.add(
        MOVE_HEAD,
        (connection, statement, first) -> {
          statement.setLong(first, head.position());
          statement.setLong(first + 1, moved.position());
          statement.setBytes(first + 2, moved.domainHash());
          statement.setBytes(first + 3, moved.observedHash());
          return first + 4;
        });
    INSERT.addTo(transaction, rows);
    return moved;
  }

  /** Adds a row, and answers its hash on top of the one before it. */
  private static byte[] add(RowBatch rows, LoggedEvent event, StoredText text, byte[] previous) {
    EventCodec.Stored type = text.type();
    String eventId = event.id().toString();
    @Nullable String stream = type == null ? null : event.stream();
    @Nullable Long version = type == null ? null : event.version();
    @Nullable String typeName = type == null ? null : type.name();
    @Nullable Short revision = type == null ? null : (short) type.revision();
    @Nullable String payload = type == null ? null : text.payload();
    String occurred = IsoInstant.exact(event.occurred().truncatedTo(ChronoUnit.MICROS));
    @Nullable Face face = event.face();
    @Nullable String faceName = face == null ? null : face.event();
    @Nullable String faceText = face == null ? null : text.face();
    byte[] hash =
        RowHash.of(
            previous,
            event.position(),
            event.recorded(),
            eventId,
            stream,
            version,
            typeName,
            revision,
            occurred,
            payload,
            text.metadata(),
            faceName,
            faceText);
    rows.add(
        event.position(),
        eventId,
        event.family() == Family.DOMAIN ? "D" : "O",
        stream,
        version,
        typeName,
        revision,
        occurred,
        event.recorded(),
        payload,
        text.metadata(),
        faceName,
        face == null ? null : face.resourceId(),
        face == null ? null : String.join(RESOURCE_SEPARATOR, face.resourceIds()),
        faceText,
        "\\x" + HEX.formatHex(hash));
    return hash;
  }
}
