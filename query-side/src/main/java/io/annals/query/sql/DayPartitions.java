package io.annals.query.sql;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Partitions of a table by the day (UTC): made ahead, and dropped whole when they are too old. */
public final class DayPartitions {
  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

  private static final String CHILDREN =
      """
      SELECT child.relname FROM pg_inherits
      JOIN pg_class child ON child.oid = inhrelid
      WHERE inhparent = ?::regclass ORDER BY child.relname
      """;

  private final JdbcTemplate jdbc;
  private final String table;

  /** The partitions of a table that is partitioned by a range of time. */
  public DayPartitions(JdbcTemplate jdbc, String table) {
    this.jdbc = jdbc;
    this.table = table;
  }

  /** Makes the partitions of the given days where they are missing; any number of nodes may. */
  public void create(LocalDate first, int days) {
    for (LocalDate day = first; day.isBefore(first.plusDays(days)); day = day.plusDays(1)) {
      jdbc.execute(
          "CREATE TABLE IF NOT EXISTS %s PARTITION OF %s FOR VALUES FROM ('%sT00:00Z') TO ('%sT00:00Z')"
              .formatted(name(day), table, day, day.plusDays(1)));
    }
  }

  /** Drops the partitions of days before the given one; answers their names. */
  public List<String> dropBefore(LocalDate firstKept) {
    List<String> old =
        jdbc.query(CHILDREN, (row, index) -> row.getString(1), table).stream()
            .filter(name -> name.compareTo(name(firstKept)) < 0)
            .toList();
    old.forEach(name -> jdbc.execute("DROP TABLE IF EXISTS " + name));
    return old;
  }

  private String name(LocalDate day) {
    return table + "_" + SUFFIX.format(day);
  }
}
