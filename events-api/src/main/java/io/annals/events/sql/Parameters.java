package io.annals.events.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What one statement is given. */
@FunctionalInterface
public interface Parameters {
  /**
   * Binds the parameters, beginning with the one of the given number.
   *
   * @return the number after the last one bound
   */
  int bind(Connection connection, PreparedStatement statement, int first) throws SQLException;
}
