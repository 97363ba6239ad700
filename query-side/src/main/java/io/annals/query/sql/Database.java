package io.annals.query.sql;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Runs queries with conditions. Filters are planned for their values each time; look-ups by a key
 * always have the same plan, and planning them would cost several times what running them does.
 */
public final class Database {
  private final JdbcTemplate jdbc;
  private final JdbcTemplate lookups;

  /**
   * Reads from two pools.
   *
   * @param filters connections that plan each query for its values
   * @param lookups connections that keep one plan for each query
   */
  public Database(DataSource filters, DataSource lookups) {
    this.jdbc = new JdbcTemplate(filters);
    this.lookups = new JdbcTemplate(lookups);
  }

  /** The rows of a query whose {@code %s} stands for the conditions. */
  public <T> List<T> list(String sql, Where where, RowMapper<T> mapper) {
    return jdbc.query(sql.formatted(where.sql()), statement -> where.bind(statement, 1), mapper);
  }

  /** One page of rows: the query is followed by its order and the bounds of the page. */
  public <T> List<T> page(
      String sql, Where where, String order, int limit, long offset, RowMapper<T> mapper) {
    String paged = sql.formatted(where.sql()) + " ORDER BY " + order + " LIMIT ? OFFSET ?";
    return jdbc.query(
        paged,
        statement -> {
          int next = where.bind(statement, 1);
          statement.setInt(next, limit);
          statement.setLong(next + 1, offset);
        },
        mapper);
  }

  /** The row that a key leads to, if there is one. */
  public <T> Optional<T> lookup(String sql, Where where, RowMapper<T> mapper) {
    return lookupAll(sql, where, mapper).stream().findFirst();
  }

  /** The rows that a key leads to. */
  public <T> List<T> lookupAll(String sql, Where where, RowMapper<T> mapper) {
    return lookups.query(sql.formatted(where.sql()), statement -> where.bind(statement, 1), mapper);
  }

  /** The number that a query answers. */
  public long count(String sql, Where where) {
    return list(sql, where, (row, index) -> row.getLong(1)).getFirst();
  }

  /** For statements that do not fit the forms above. */
  public JdbcTemplate jdbc() {
    return jdbc;
  }
}
