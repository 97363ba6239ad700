package io.annals.command.log;

import io.annals.events.log.EventCodec;
import io.annals.events.log.Face;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.RowHash;
import io.annals.events.sql.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements that append to {@code event_log}, and the hash that chains its rows. */
final class LogRows {
  /** Whoever reads the row so is the only writer until its transaction ends. */
  private static final String TAKE_HEAD =
      "SELECT position, domain_hash, observed_hash FROM log_head FOR UPDATE";

  private static final String KNOWN_IDS =
      """
      SELECT event_id FROM event_log_observed WHERE event_id = ANY (?::uuid[])
      UNION ALL
      SELECT event_id FROM event_log_domain WHERE event_id = ANY (?::uuid[])
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

  private static final String INSERT =
      """
      INSERT INTO event_log (position, event_id, family, stream, version, type, revision, occurred,
          recorded, payload, metadata, face_name, face_resource_id, face_resource_ids, face, hash)
      SELECT position, event_id::uuid, family, stream, version, type, revision, occurred::timestamptz,
          ?::timestamptz, payload::json, metadata::json, face_name, face_resource_id,
          string_to_array(face_resource_ids, E'\\x1f'), face::json, hash
      FROM unnest(?::bigint[], ?::text[], ?::"char"[], ?::text[], ?::bigint[], ?::text[],
          ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::bytea[])
          AS row (position, event_id, family, stream, version, type, revision, occurred, payload,
              metadata, face_name, face_resource_id, face_resource_ids, face, hash)
      """;

  private static final String RESOURCE_SEPARATOR = "\u001f";

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
    String[] texts = ids.stream().map(UUID::toString).toArray(String[]::new);
    try (PreparedStatement statement = connection.prepareStatement(KNOWN_IDS)) {
      statement.setArray(1, connection.createArrayOf("text", texts));
      statement.setArray(2, connection.createArrayOf("text", texts));
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
    Columns columns = new Columns(events.size());
    byte[] domainHash = head.domainHash();
    byte[] observedHash = head.observedHash();
    for (int i = 0; i < events.size(); i++) {
      LoggedEvent event = events.get(i);
      columns.add(event, texts.get(i));
      if (event.family() == Family.DOMAIN) {
        domainHash = columns.chain(domainHash);
      } else {
        observedHash = columns.chain(observedHash);
      }
    }
    Head moved = new Head(events.getLast().position(), domainHash, observedHash);
    String recorded = events.getFirst().recorded().toString();
    transaction.add(
        MOVE_HEAD,
        (connection, statement, first) -> {
          statement.setLong(first, head.position());
          statement.setLong(first + 1, moved.position());
          statement.setBytes(first + 2, moved.domainHash());
          statement.setBytes(first + 3, moved.observedHash());
          return first + 4;
        });
    transaction.add(
        INSERT,
        (connection, statement, first) -> {
          statement.setString(first, recorded);
          return columns.bind(connection, statement, first + 1);
        });
    return moved;
  }

  /** The rows of one insert, column by column. */
  private static final class Columns {
    private final Long[] position;
    private final String[] eventId;
    private final String[] family;
    private final @Nullable String[] stream;
    private final @Nullable Long[] version;
    private final @Nullable String[] type;
    private final @Nullable Short[] revision;
    private final String[] occurred;
    private final @Nullable String[] payload;
    private final String[] metadata;
    private final @Nullable String[] faceName;
    private final @Nullable String[] faceResourceId;
    private final @Nullable String[] faceResourceIds;
    private final @Nullable String[] face;
    private final byte[][] hash;
    private Instant recorded = Instant.EPOCH;
    private int size;

    Columns(int capacity) {
      position = new Long[capacity];
      eventId = new String[capacity];
      family = new String[capacity];
      stream = new String[capacity];
      version = new Long[capacity];
      type = new String[capacity];
      revision = new Short[capacity];
      occurred = new String[capacity];
      payload = new String[capacity];
      metadata = new String[capacity];
      faceName = new String[capacity];
      faceResourceId = new String[capacity];
      faceResourceIds = new String[capacity];
      face = new String[capacity];
      hash = new byte[capacity][];
    }

    void add(LoggedEvent event, StoredText text) {
      int row = size++;
      recorded = event.recorded();
      position[row] = event.position();
      eventId[row] = event.id().toString();
      family[row] = event.family() == Family.DOMAIN ? "D" : "O";
      occurred[row] = event.occurred().truncatedTo(ChronoUnit.MICROS).toString();
      metadata[row] = text.metadata();
      EventCodec.Stored stored = text.type();
      if (stored != null) {
        stream[row] = event.stream();
        version[row] = event.version();
        type[row] = stored.name();
        revision[row] = (short) stored.revision();
        payload[row] = text.payload();
      }
      Face shown = event.face();
      if (shown != null) {
        faceName[row] = shown.event();
        faceResourceId[row] = shown.resourceId();
        faceResourceIds[row] = String.join(RESOURCE_SEPARATOR, shown.resourceIds());
        face[row] = text.face();
      }
    }

    /** Hashes the row added last, on top of the hash before it. */
    byte[] chain(byte[] previous) {
      int row = size - 1;
      hash[row] =
          RowHash.of(
              previous,
              position[row],
              recorded,
              eventId[row],
              stream[row],
              version[row],
              type[row],
              revision[row],
              occurred[row],
              payload[row],
              metadata[row],
              faceName[row],
              face[row]);
      return hash[row];
    }

    int bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
      int index = first;
      statement.setArray(index++, connection.createArrayOf("int8", position));
      statement.setArray(index++, connection.createArrayOf("text", eventId));
      statement.setArray(index++, connection.createArrayOf("text", family));
      statement.setArray(index++, connection.createArrayOf("text", stream));
      statement.setArray(index++, connection.createArrayOf("int8", version));
      statement.setArray(index++, connection.createArrayOf("text", type));
      statement.setArray(index++, connection.createArrayOf("int2", revision));
      statement.setArray(index++, connection.createArrayOf("text", occurred));
      statement.setArray(index++, connection.createArrayOf("text", payload));
      statement.setArray(index++, connection.createArrayOf("text", metadata));
      statement.setArray(index++, connection.createArrayOf("text", faceName));
      statement.setArray(index++, connection.createArrayOf("text", faceResourceId));
      statement.setArray(index++, connection.createArrayOf("text", faceResourceIds));
      statement.setArray(index++, connection.createArrayOf("text", face));
      statement.setArray(index++, connection.createArrayOf("bytea", hash));
      return index;
    }
  }
}
