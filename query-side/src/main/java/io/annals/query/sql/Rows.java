package io.annals.query.sql;

import io.annals.events.sql.RowBatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes whole rows of a table that changes rarely: one row, one statement. The table has {@code
 * id}, {@code created} and {@code updated}; values go over as text and are cast to the type of
 * their column.
 */
public final class Rows {
  private final String insert;
  private final String update;
  private final String delete;

  /**
   * Writes rows of a table.
   *
   * @param columns a name and a type each, such as {@code tags text[]}
   */
  public Rows(String table, String... columns) {
    List<String> names = Arrays.stream(columns).map(column -> column.split(" ", 2)[0]).toList();
    List<String> casts =
        Arrays.stream(columns).map(column -> "?::" + column.split(" ", 2)[1]).toList();
    insert =
        "INSERT INTO %s (id, created, updated, %s) VALUES (?::uuid, ?::timestamptz, ?::timestamptz, %s)"
            .formatted(table, String.join(", ", names), String.join(", ", casts));
    String assignments =
        IntStream.range(0, names.size())
            .mapToObj(i -> names.get(i) + " = " + casts.get(i))
            .collect(Collectors.joining(", "));
    update =
        "UPDATE %s SET %s, updated = ?::timestamptz WHERE id = ?::uuid"
            .formatted(table, assignments);
    delete = "DELETE FROM %s WHERE id = ?::uuid".formatted(table);
  }

  /** Adds a row. */
  public void insert(Connection connection, UUID id, Instant at, @Nullable Object... values)
      throws SQLException {
    @Nullable Object[] all = new @Nullable Object[values.length + 3];
    all[0] = id;
    all[1] = at;
    all[2] = at;
    System.arraycopy(values, 0, all, 3, values.length);
    run(connection, insert, all);
  }

  /** Replaces a row; its {@code created} stays. */
  public void update(Connection connection, UUID id, Instant at, @Nullable Object... values)
      throws SQLException {
    @Nullable Object[] all = Arrays.copyOf(values, values.length + 2);
    all[values.length] = at;
    all[values.length + 1] = id;
    run(connection, update, all);
  }

  /** Removes a row. */
  public void delete(Connection connection, UUID id) throws SQLException {
    run(connection, delete, id);
  }

  /** Runs a statement of another form; values are bound as text. */
  public static void run(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < values.length; index++) {
        statement.setString(index + 1, text(values[index]));
      }
      statement.executeUpdate();
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case JsonNode json -> json.toString();
      case List<?> list -> RowBatch.arrayText(list.stream().map(Object::toString).toList());
      default -> value.toString();
    };
  }
}
