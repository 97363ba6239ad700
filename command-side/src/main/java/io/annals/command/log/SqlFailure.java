package io.annals.command.log;

import io.annals.command.decision.UnavailableException;
import io.annals.events.sql.SqlState;
import java.sql.SQLException;
import org.axonframework.modelling.command.ConcurrencyException;

/** What a failed append means, by SQLState. */
final class SqlFailure {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String NOT_NULL_VIOLATION = "23502";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";

  private SqlFailure() {}

  /** Whether a column refused a null. */
  static boolean isNullRefused(SQLException failure) {
    return NOT_NULL_VIOLATION.equals(SqlState.of(failure));
  }

  /** The failure in the terms of the command bus: conflicts are decided again. */
  static RuntimeException translated(Exception failure) {
    String state = SqlState.of(failure);
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
}
