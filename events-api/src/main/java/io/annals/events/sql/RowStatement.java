package io.annals.events.sql;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A statement over rows of text. For a few rows it spells them out, for more it unnests one array
 * per column: setting up the arrays costs PostgreSQL more than writing a row does, but the text
 * stays the same for any number of rows, so that it is prepared once.
 */
public final class RowStatement {
  /** The most rows that are spelled out. */
  static final int MAX_SPELLED_OUT = 2;

  private final int columns;
  private final List<String> spelledOut;
  private final String unnested;

  /**
   * A statement that names its columns.
   *
   * @param sql with {@code %s} where the rows are read from
   * @param alias what the statement calls the rows
   */
  public RowStatement(String sql, String alias, String... names) {
    columns = names.length;
    unnested = sql.formatted(RowBatch.unnest(alias, names));
    String row = "(%s)".formatted(String.join(", ", Collections.nCopies(columns, "?::text")));
    spelledOut =
        IntStream.rangeClosed(1, MAX_SPELLED_OUT)
            .mapToObj(count -> String.join(", ", Collections.nCopies(count, row)))
            .map(rows -> "(VALUES %s) AS %s (%s)".formatted(rows, alias, String.join(", ", names)))
            .map(sql::formatted)
            .toList();
  }

  /** An empty batch of rows for it. */
  public RowBatch rows() {
    return new RowBatch(columns);
  }

  /** Adds the statement to what is sent; without rows there is nothing to run. */
  public void addTo(Transaction transaction, RowBatch rows) throws SQLException {
    int count = rows.size();
    if (count > MAX_SPELLED_OUT) {
      transaction.add(unnested, (Parameters) rows);
    } else if (count > 0) {
      transaction.add(spelledOut.get(count - 1), rows::bindEach);
    }
  }
}
