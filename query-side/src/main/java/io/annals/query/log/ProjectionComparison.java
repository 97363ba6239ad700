package io.annals.query.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Compares projected tables of two schemas, row for row and byte for byte. */
public final class ProjectionComparison {
  private ProjectionComparison() {}

  /**
   * One line for each table that differs.
   *
   * @param live the schema that is served
   * @param built the schema that {@link Rebuild} filled
   */
  public static List<String> differences(
      Connection connection, Projections projections, String live, String built)
      throws SQLException {
    List<String> differences = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String table : projections.tables()) {
        try (ResultSet row = statement.executeQuery(differingRows(live, built, table))) {
          row.next();
          if (row.getLong(1) > 0) {
            differences.add("%s: %d rows differ".formatted(table, row.getLong(1)));
          }
        }
      }
    }
    return differences;
  }

  private static String differingRows(String live, String built, String table) {
    return """
    SELECT count(*) FROM (
      (SELECT live::text FROM %1$s.%3$s live EXCEPT ALL SELECT built::text FROM %2$s.%3$s built)
      UNION ALL
      (SELECT built::text FROM %2$s.%3$s built EXCEPT ALL SELECT live::text FROM %1$s.%3$s live)
    ) differing
    """
        .formatted(live, built, table);
  }
}
