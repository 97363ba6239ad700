package io.annals.query.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Column values as the views want them. */
public final class Reading {
  private Reading() {}

  /** An instant, or null. */
  public static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** An instant of a column that is never null. */
  public static Instant moment(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** An id, or null. */
  public static @Nullable UUID id(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /** JSON text to be passed on as it is, or null. */
  public static @Nullable RawJson json(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : new RawJson(text);
  }

  /** The texts of an array column. */
  public static List<String> texts(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
