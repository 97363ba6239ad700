package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.app.job.JobRunner;
import io.annals.app.job.JobRunner.JobStatus;
import io.annals.app.log.TestPostgres;
import io.annals.app.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ./annals vacuum}, and which of it the settings switch on. */
class VacuumCommandTest {
  private static final String ENABLED = "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED";

  private static final String LINES_OF_NO_RUN =
      """
      INSERT INTO log (id, created, name, level, message, timestamp, flow_run_id)
      SELECT gen_random_uuid(), now(), 'shop', 20, 'sold', '2026-11-01T10:00:00Z',
          'c0ffee00-0000-4000-8000-000000000000'
      FROM generate_series(1, 3)
      """;

  @TempDir Path home;

  @Test
  void a_dry_run_says_what_would_go_and_lets_it_stay() {
    String url = TestPostgres.freshDatabase();
    try (JobNode node = new JobNode(url, home.resolve("node"))) {
      JdbcClient jdbc = node.part(JdbcClient.class);
      jdbc.sql(LINES_OF_NO_RUN).update();
      assertThat(said(url, "events", "--dry-run"))
          .anyMatch(line -> line.matches("events +0  - +\\S+T00:00:00Z +on"))
          .anyMatch(line -> line.matches("flow runs +0  - +\\S+Z +off"))
          .anyMatch(
              line -> line.matches("log lines without a flow run +3  2026-11-01T10:00:00Z  - +off"))
          .anyMatch(line -> line.matches("artifacts without a flow run +0  - +- +off"))
          .last()
          .isEqualTo("Nothing was deleted: this was a dry run.");
      said(url, "events");
      assertThat(lines(jdbc)).as("while the vacuum of orphans is off").isEqualTo(3);
      said(url, "orphans", "--dry-run");
      assertThat(lines(jdbc)).as("after a dry run").isEqualTo(3);
      assertThat(said(url, "orphans"))
          .anyMatch(line -> line.matches("log lines without a flow run +3 .* on"))
          .last()
          .isEqualTo("Deleted: all of which the vacuum is on.");
      assertThat(lines(jdbc)).isZero();
    }
  }

  @Test
  void it_works_beside_a_server_that_has_the_embedded_database() {
    try (RunningServer server = RunningServer.start(home, Map.of())) {
      server.bean("jdbcClient", JdbcClient.class).sql(LINES_OF_NO_RUN).update();
      List<String> said = new ArrayList<>();
      Settings settings = Settings.load(Map.of("ANNALS_HOME", home.toString()), home);
      VacuumCommand.run(Arguments.parse(List.of("vacuum", "--dry-run")), settings, said::add);
      assertThat(said).anyMatch(line -> line.matches("log lines without a flow run +3 .*"));
      assertThat(server.post("/flows/", "{\"name\": \"goes on\"}").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void only_a_vacuum_can_be_tried() {
    assertThatThrownBy(() -> Arguments.parse(List.of("server", "start", "--dry-run")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("--dry-run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events|true|event-retention",
        "events|false|",
        "orphans|true|orphan-vacuum",
        "flow_runs|true|flow-run-vacuum orphan-vacuum",
        "true|true|event-retention flow-run-vacuum orphan-vacuum",
        "false|true|event-retention"
      })
  void jobs_run_as_the_settings_switch_them(String enabled, String persister, String jobs) {
    Map<String, String> told =
        Map.of(ENABLED, enabled, "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED", persister);
    try (JobNode node = new JobNode(TestPostgres.freshDatabase(), home, told)) {
      assertThat(node.part(JobRunner.class).statuses())
          .extracting(JobStatus::job)
          .contains("event-days", "log-days")
          .filteredOn(job -> job.endsWith("-vacuum") || job.equals("event-retention"))
          .containsExactly(jobs == null ? new String[0] : jobs.split(" ", -1));
    }
  }

  private List<String> said(String url, String enabled, String... options) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PREFECT_SERVER_DATABASE_CONNECTION_URL", url.replaceFirst("^jdbc:", ""));
    environment.put("ANNALS_HOME", home.toString());
    environment.put(ENABLED, enabled);
    List<String> words = new ArrayList<>(List.of("vacuum"));
    words.addAll(List.of(options));
    List<String> said = new ArrayList<>();
    VacuumCommand.run(Arguments.parse(words), Settings.load(environment, home), said::add);
    return said;
  }

  private static long lines(JdbcClient jdbc) {
    return jdbc.sql("SELECT count(*) FROM log").query(Long.class).single();
  }
}
