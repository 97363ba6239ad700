package io.annals.query.taskrun;

import io.annals.events.log.IsoInstant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds one array per column, for {@code unnest}. */
final class Columns<T> {
  private final PreparedStatement statement;
  private final List<T> rows;
  private int index;

  /** Binds from the parameter of the given number on. */
  Columns(PreparedStatement statement, int first, List<T> rows) {
    this.statement = statement;
    this.index = first;
    this.rows = rows;
  }

  /** The next column, with PostgreSQL's name of its type. */
  Columns<T> column(String type, Function<T, ? extends @Nullable Object> value)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      Object each = value.apply(rows.get(i));
      values[i] = each instanceof Instant moment ? IsoInstant.exact(moment) : each;
    }
    Connection connection = statement.getConnection();
    statement.setArray(index++, connection.createArrayOf(type, values));
    return this;
  }

  /** The number of the parameter after the last column. */
  int next() {
    return index;
  }
}
