package io.annals.app.database;

import io.annals.app.StartupFailure;
import io.annals.app.settings.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The migrated database of this server: an external one, or the embedded one that it started. */
public final class Database implements AutoCloseable {
  private static final int OLDEST_MAJOR = 14;
  private static final String APPLICATION = "annals";

  private final DatabaseAddress address;
  private final @Nullable EmbeddedServer embedded;

  private Database(DatabaseAddress address, @Nullable EmbeddedServer embedded) {
    this.address = address;
    this.embedded = embedded;
  }

  /**
   * Finds or starts the database and migrates it.
   *
   * @throws StartupFailure when it cannot be used
   */
  public static Database open(Settings settings) {
    DatabaseAddress external = ExternalDatabase.address(settings);
    if (external != null) {
      Database database = new Database(told(external, settings), null);
      database.prepare(settings);
      return database;
    }
    EmbeddedServer server = EmbeddedServer.start(embeddedFolder(settings));
    boolean usable = false;
    try {
      Database database = new Database(told(server.address(), settings), server);
      database.prepare(settings);
      usable = true;
      return database;
    } finally {
      if (!usable) {
        server.close();
      }
    }
  }

  /**
   * The same for a command that works beside a server: the embedded one is used as it is while a
   * server has it.
   */
  public static Database openBeside(Settings settings) {
    Optional<DatabaseAddress> running =
        ExternalDatabase.address(settings) == null
            ? EmbeddedServer.running(embeddedFolder(settings))
            : Optional.empty();
    if (running.isEmpty()) {
      return open(settings);
    }
    Database database = new Database(told(running.get(), settings), null);
    database.prepare(settings);
    return database;
  }

  private static Path embeddedFolder(Settings settings) {
    return settings.path("annals.home").resolve("postgres");
  }

  /** Where it is, and how to be let in. */
  public DatabaseAddress address() {
    return address;
  }

  /** The database for people: embedded or not, and where. */
  public String shown() {
    return embedded == null
        ? "PostgreSQL at " + address.shown()
        : "embedded PostgreSQL at %s:%d".formatted(address.host(), address.port());
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }

  /** Connections that nobody pools, for work before or instead of serving. */
  public DataSource plain() {
    PGSimpleDataSource plain = new PGSimpleDataSource();
    plain.setUrl(address.jdbcUrl());
    address
        .properties()
        .forEach(
            (name, value) -> {
              try {
                plain.setProperty(name.toString(), value.toString());
              } catch (SQLException unknown) {
                throw new IllegalArgumentException(unknown);
              }
            });
    return plain;
  }

  private void prepare(Settings settings) {
    DataSource plain = plain();
    try (Connection connection = plain.getConnection()) {
      refuseOld(connection);
    } catch (SQLException failure) {
      throw ConnectionTrouble.explained(address, failure);
    }
    if (settings.enabled("server.database.migrate_on_start")) {
      Migrations.run(plain, settings.optionalDuration("server.database.migration_timeout"));
    }
  }

  private static void refuseOld(Connection connection) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < OLDEST_MAJOR) {
      throw StartupFailure.because(
          "The database is PostgreSQL %d; Annals needs %d or newer."
              .formatted(major, OLDEST_MAJOR));
    }
  }

  private static DatabaseAddress told(DatabaseAddress address, Settings settings) {
    Map<String, String> properties = new HashMap<>();
    String name = settings.textOrNull("server.database.sqlalchemy.connect_args.application_name");
    properties.put("ApplicationName", name == null ? APPLICATION : name);
    properties.put(
        "connectTimeout",
        Long.toString(
            settings
                .optionalDuration("server.database.connection_timeout")
                .orElse(Duration.ZERO)
                .plusMillis(999)
                .toSeconds()));
    properties.put("tcpKeepAlive", "true");
    properties.put("reWriteBatchedInserts", "true");
    Optional.ofNullable(settings.textOrNull("server.database.sqlalchemy.connect_args.search_path"))
        .ifPresent(path -> properties.put("currentSchema", path));
    properties.putAll(address.driverProperties());
    return new DatabaseAddress(
        address.host(),
        address.port(),
        address.database(),
        address.user(),
        address.password(),
        properties);
  }
}
