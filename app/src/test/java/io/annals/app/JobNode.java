package io.annals.app;

import io.annals.app.database.Database;
import io.annals.app.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A whole process of jobs, as {@code ./annals services} starts it, but at rest: a job that may find
 * something to do in a test runs only when the test runs it.
 */
public final class JobNode implements AutoCloseable {
  private static final List<String> SERVICES =
      List.of(
          "SCHEDULER",
          "LATE_RUNS",
          "PAUSE_EXPIRATIONS",
          "CANCELLATION_CLEANUP",
          "FOREMAN",
          "REPOSSESSOR",
          "EVENT_PERSISTER");

  private final Database database;
  private final ConfigurableApplicationContext context;

  /**
   * Starts a process.
   *
   * @param jdbcUrl a database that is migrated
   * @param home where its files go
   */
  public JobNode(String jdbcUrl, Path home) {
    this(jdbcUrl, home, Map.of());
  }

  /** The same, told more by its environment, which may also wake a service. */
  public JobNode(String jdbcUrl, Path home, Map<String, String> told) {
    Map<String, String> environment = new HashMap<>(told);
    environment.put("PREFECT_SERVER_DATABASE_CONNECTION_URL", jdbcUrl.replaceFirst("^jdbc:", ""));
    environment.put("ANNALS_HOME", home.toString());
    SERVICES.forEach(
        service ->
            environment.putIfAbsent("PREFECT_SERVER_SERVICES_" + service + "_ENABLED", "false"));
    Settings settings = Settings.load(environment, home);
    this.database = Database.open(settings);
    this.context = Server.context(Arguments.parse(List.of("services")), settings, database);
  }

  /** One of its parts. */
  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /** One of several parts of a kind, by its name. */
  public <T> T part(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  @Override
  public void close() {
    context.close();
    database.close();
  }
}
