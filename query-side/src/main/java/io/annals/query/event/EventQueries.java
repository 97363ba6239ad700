package io.annals.query.event;

import io.annals.events.log.EventCodec;
import io.annals.events.log.FaceBody;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Pages of the event stream. */
public final class EventQueries {
  /** The largest page that can be asked for over HTTP. */
  public static final int MAX_PAGE_SIZE = 50;

  /** Counting stops here: a larger total tells nobody more and costs a scan. */
  public static final int MAX_TOTAL = 100_000;

  private static final String COLUMNS =
      " event_id, occurred, recorded, position, face_name, face FROM event_log WHERE ";

  private static final String PAGE = "SELECT" + COLUMNS + "%1$s ORDER BY %2$s LIMIT ? OFFSET ?";

  private static final String DISTINCT_PAGE =
      "SELECT * FROM (SELECT DISTINCT ON (face_resource_id)"
          + COLUMNS
          + "%1$s ORDER BY face_resource_id, %2$s) AS one_each ORDER BY %2$s LIMIT ? OFFSET ?";

  private static final String TOTAL =
      "SELECT count(*) FROM (SELECT 1 FROM event_log WHERE %s LIMIT ?) AS counted";

  private static final String DISTINCT_TOTAL =
      "SELECT count(*) FROM (SELECT DISTINCT face_resource_id FROM event_log WHERE %s LIMIT ?)"
          + " AS counted";

  /** One step of a backfill: stored up to a position, after the last event that was read. */
  private static final String STORED =
      "SELECT"
          + COLUMNS
          + "%s AND position <= ? AND (occurred, position) > (?, ?)"
          + " ORDER BY occurred, position LIMIT ?";

  private final DataSource dataSource;

  /** Reads the log of one database. */
  public EventQueries(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Where a backfill stands. */
  public record Cursor(Instant occurred, long position) {}

  /** Stored events after a cursor, oldest first, and where to go on; null when that was all. */
  public record Stored(List<EventView> events, @Nullable Cursor next) {}

  /** The first page, with the total, which is counted only where the page does not hold it all. */
  public EventPage first(EventFilter filter, int pageSize) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      List<EventView> events = page(connection, filter, pageSize, 0);
      long total = events.size() < pageSize ? events.size() : total(connection, filter);
      return new EventPage(
          events, total, after(new EventPageToken(filter, total, pageSize, 0), events.size()));
    }
  }

  /** The page that a token names. */
  public EventPage next(EventPageToken token) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      List<EventView> events = page(connection, token.filter(), token.pageSize(), token.offset());
      return new EventPage(events, token.count(), after(token, events.size()));
    }
  }

  /** Stored matching events up to a position, oldest first, a page at a time. */
  public Stored stored(EventFilter filter, long upToPosition, Cursor after, int pageSize)
      throws SQLException {
    EventConditions conditions = EventConditions.of(filter);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(STORED.formatted(conditions.sql()))) {
      int index = conditions.bind(statement, 1);
      statement.setLong(index++, upToPosition);
      statement.setObject(index++, after.occurred().atOffset(ZoneOffset.UTC));
      statement.setLong(index++, after.position());
      statement.setInt(index, pageSize);
      List<EventView> events = new ArrayList<>();
      Cursor last = after;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          EventView event = view(row);
          events.add(event);
          last = new Cursor(event.occurred(), row.getLong("position"));
        }
      }
      return new Stored(events, events.size() < pageSize ? null : last);
    }
  }

  private static long total(Connection connection, EventFilter filter) throws SQLException {
    EventConditions conditions = EventConditions.of(filter);
    String sql = filter.distinct() ? DISTINCT_TOTAL : TOTAL;
    try (PreparedStatement statement =
        connection.prepareStatement(sql.formatted(conditions.sql()))) {
      statement.setInt(conditions.bind(statement, 1), MAX_TOTAL);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static List<EventView> page(
      Connection connection, EventFilter filter, int pageSize, int offset) throws SQLException {
    EventConditions conditions = EventConditions.of(filter);
    String order =
        switch (filter.order()) {
          case ASC -> "occurred ASC, position ASC";
          case DESC -> "occurred DESC, position DESC";
        };
    String sql = (filter.distinct() ? DISTINCT_PAGE : PAGE).formatted(conditions.sql(), order);
    List<EventView> events = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = conditions.bind(statement, 1);
      statement.setInt(index++, pageSize);
      statement.setInt(index, offset);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          events.add(view(row));
        }
      }
    }
    return events;
  }

  private static @Nullable EventPageToken after(EventPageToken token, int read) {
    int offset = token.offset() + token.pageSize();
    boolean counted = token.count() < MAX_TOTAL;
    boolean more = counted ? offset < token.count() : read == token.pageSize();
    return more && token.pageSize() > 0
        ? new EventPageToken(token.filter(), token.count(), token.pageSize(), offset)
        : null;
  }

  private static EventView view(ResultSet row) throws SQLException {
    FaceBody body = EventCodec.JSON.readValue(row.getString("face"), FaceBody.class);
    return new EventView(
        row.getObject("occurred", OffsetDateTime.class).toInstant(),
        row.getString("face_name"),
        body.resource(),
        body.related(),
        body.payload(),
        row.getObject("event_id", UUID.class),
        body.follows(),
        row.getObject("recorded", OffsetDateTime.class).toInstant());
  }
}
