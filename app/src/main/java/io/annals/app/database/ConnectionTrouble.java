package io.annals.app.database;

import io.annals.app.StartupFailure;
import java.sql.SQLException;

/** Says in one line why the database does not let us in. */
final class ConnectionTrouble {
  private ConnectionTrouble() {}

  static StartupFailure explained(DatabaseAddress address, SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String where = "%s:%d".formatted(address.host(), address.port());
    return StartupFailure.because(
        switch (state) {
          case "28P01", "28000" ->
              "PostgreSQL at %s refuses the user %s: check name and password in the database URL."
                  .formatted(where, address.user());
          case "3D000" ->
              "PostgreSQL at %s has no database %s: create it with 'createdb %s' or change the URL."
                  .formatted(where, address.database(), address.database());
          case "08001", "08004", "08006" ->
              "PostgreSQL at %s cannot be reached: check host and port in the database URL, and that"
                      .formatted(where)
                  + " it accepts connections (%s).".formatted(failure.getMessage());
          case "53300" ->
              "PostgreSQL at %s has no connection left for this server.".formatted(where);
          default -> "PostgreSQL at %s cannot be used: %s".formatted(where, failure.getMessage());
        });
  }
}
