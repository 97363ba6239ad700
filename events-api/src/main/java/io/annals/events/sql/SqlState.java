package io.annals.events.sql;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** What the database says of a failure, however deep it is wrapped. */
public final class SqlState {
  /** The session was ended because its transaction had been silent for too long. */
  private static final String SILENT_IN_TRANSACTION = "25P03";

  private SqlState() {}

  /** The SQLState of a failure; empty when the database gave none. */
  public static String of(Throwable failure) {
    @Nullable SQLException sql = anyCause(failure);
    while (sql != null) {
      if (sql.getSQLState() != null) {
        return sql.getSQLState();
      }
      sql = sql.getNextException();
    }
    return "";
  }

  /** Whether the connection is gone, so that the outcome of a COMMIT is unknown. */
  public static boolean isConnectionLost(Throwable failure) {
    if (anyCause(failure) instanceof SQLTransientException) {
      return true; // the pool had no connection to give
    }
    String state = of(failure);
    return state.startsWith("08") || state.startsWith("57P") || state.equals(SILENT_IN_TRANSACTION);
  }

  private static @Nullable SQLException anyCause(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
