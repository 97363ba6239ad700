package io.annals.query.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares projected tables of two schemas, row for row and byte for byte. Rows that the rebuilt
 * schema's table {@code left_out} names are not compared.
 */
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
      Set<String> partly = partlyCompared(statement, built);
      for (String table : projections.tables()) {
        String compared = partly.contains(table) ? compared(built, table) : "";
        try (ResultSet row = statement.executeQuery(differingRows(live, built, table, compared))) {
          row.next();
          if (row.getLong(1) > 0) {
            differences.add("%s: %d rows differ".formatted(table, row.getLong(1)));
          }
        }
      }
    }
    return differences;
  }

  private static Set<String> partlyCompared(Statement statement, String built) throws SQLException {
    Set<String> tables = new HashSet<>();
    try (ResultSet row =
        statement.executeQuery("SELECT DISTINCT of_table FROM %s.left_out".formatted(built))) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  private static String compared(String built, String table) {
    return """
    WHERE NOT EXISTS (
      SELECT FROM %s.left_out WHERE left_out.of_table = '%s' AND left_out.id = each.id)
    """
        .formatted(built, table);
  }

  private static String differingRows(String live, String built, String table, String compared) {
    return """
    SELECT count(*) FROM (
      (SELECT each::text FROM %1$s.%3$s AS each %4$s
        EXCEPT ALL SELECT each::text FROM %2$s.%3$s AS each %4$s)
      UNION ALL
      (SELECT each::text FROM %2$s.%3$s AS each %4$s
        EXCEPT ALL SELECT each::text FROM %1$s.%3$s AS each %4$s)
    ) AS differing
    """
        .formatted(live, built, table, compared);
  }
}
