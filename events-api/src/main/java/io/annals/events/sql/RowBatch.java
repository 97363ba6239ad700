package io.annals.events.sql;

import io.annals.events.log.IsoInstant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one multi-row statement: every column goes over as an array of text, the statement
 * unnests and casts them. One statement with a fixed text serves any number of rows.
 */
public final class RowBatch implements Parameters {
  private final List<List<@Nullable String>> columns = new ArrayList<>();
  private int rows;

  /** A batch of rows with so many columns. */
  public RowBatch(int columnCount) {
    for (int column = 0; column < columnCount; column++) {
      columns.add(new ArrayList<>());
    }
  }

  /** Adds a row; values are ids, instants, numbers, texts or null. */
  public void add(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d values for %d columns".formatted(values.length, columns.size()));
    }
    for (int column = 0; column < values.length; column++) {
      columns.get(column).add(text(values[column]));
    }
    rows++;
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Instant instant -> IsoInstant.exact(instant);
      default -> value.toString();
    };
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return rows == 0;
  }

  int size() {
    return rows;
  }

  /** Runs the statement, whose parameters are the columns in order. */
  public int execute(Connection connection, String sql) throws SQLException {
    if (rows == 0) {
      return 0;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, 1);
      return statement.executeUpdate();
    }
  }

  @Override
  public int bind(Connection connection, PreparedStatement statement, int first)
      throws SQLException {
    int next = first;
    for (List<@Nullable String> column : columns) {
      String[] values = column.toArray(String[]::new);
      statement.setArray(next++, connection.createArrayOf("text", values));
    }
    return next;
  }

  /** Binds value by value, row after row. */
  int bindEach(Connection connection, PreparedStatement statement, int first) throws SQLException {
    int next = first;
    for (int row = 0; row < rows; row++) {
      for (List<@Nullable String> column : columns) {
        statement.setString(next++, column.get(row));
      }
    }
    return next;
  }

  /** {@code unnest(?::text[], …)} with an alias and names for the columns. */
  public static String unnest(String alias, String... names) {
    String parameters = String.join(", ", Collections.nCopies(names.length, "?::text[]"));
    return "unnest(%s) AS %s (%s)".formatted(parameters, alias, String.join(", ", names));
  }

  /** A list of texts as PostgreSQL writes an array. */
  public static String arrayText(List<String> texts) {
    StringBuilder array = new StringBuilder("{");
    for (String text : texts) {
      if (array.length() > 1) {
        array.append(',');
      }
      array.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return array.append('}').toString();
  }
}
