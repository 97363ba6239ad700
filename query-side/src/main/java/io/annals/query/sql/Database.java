package io.annals.query.sql;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Runs queries with conditions on the reading connections. */
public final class Database {
  private final JdbcTemplate jdbc;

  /** Reads from the given pool. */
  public Database(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
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

  /** The first row, if there is one. */
  public <T> Optional<T> first(String sql, Where where, RowMapper<T> mapper) {
    return list(sql, where, mapper).stream().findFirst();
  }

  /** The number that a query answers. */
  public long count(String sql, Where where) {
    return first(sql, where, (row, index) -> row.getLong(1)).orElse(0L);
  }

  /** For statements that do not fit the forms above. */
  public JdbcTemplate jdbc() {
    return jdbc;
  }
}
