package io.annals.command.log;

import io.annals.command.decision.UnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Objects;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** What a failed append means, by SQLState. */
final class SqlFailure {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String NOT_NULL_VIOLATION = "23502";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";

  private SqlFailure() {}

  /** Whether the connection is gone, so that the outcome of a COMMIT is unknown. */
  static boolean isConnectionLost(Throwable failure) {
    if (anyCause(failure) instanceof SQLTransientException) {
      return true; // the pool had no connection to give
    }
    String state = sqlState(failure);
    return state.startsWith("08") || state.startsWith("57P");
  }

  /** Whether a column refused a null. */
  static boolean isNullRefused(SQLException failure) {
    return NOT_NULL_VIOLATION.equals(sqlState(failure));
  }

  /** The failure in the terms of the command bus: conflicts are decided again. */
  static RuntimeException translated(Exception failure) {
    String state = sqlState(failure);
    if (UNIQUE_VIOLATION.equals(state)) {
      return new ConcurrencyException("Somebody else was faster", failure);
    }
    if (SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state) || state.startsWith("57")) {
      return new UnavailableException("The database could not finish the append", failure);
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("The append failed", failure);
  }

  private static String sqlState(Throwable failure) {
    @Nullable SQLException sql = anyCause(failure);
    while (sql != null) {
      if (sql.getSQLState() != null) {
        return sql.getSQLState();
      }
      sql = sql.getNextException();
    }
    return "";
  }

  private static @Nullable SQLException anyCause(Throwable failure) {
    for (Throwable cause = Objects.requireNonNull(failure);
        cause != null;
        cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
