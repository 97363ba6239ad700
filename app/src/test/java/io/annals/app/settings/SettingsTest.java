package io.annals.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.app.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SettingsTest {
  private static final int SERVER_SETTINGS_OF_PREFECT = 137;

  @TempDir Path folder;

  private Settings load(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PREFECT_HOME", folder.toString());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Settings.load(environment, folder);
  }

  static Stream<Setting> table() {
    return SettingsTable.read().stream();
  }

  @Test
  void the_table_has_every_server_setting_once() {
    assertThat(table().filter(setting -> setting.path().startsWith("server.")))
        .hasSize(SERVER_SETTINGS_OF_PREFECT);
    assertThat(table().map(Setting::path)).doesNotHaveDuplicates();
    assertThat(table().flatMap(setting -> setting.names().stream())).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("table")
  void every_variable_sets_its_setting_and_its_default_is_a_value(Setting setting) {
    String given = setting.defaultText() == null ? sample(setting) : setting.defaultText();
    Object byDefault = load().values().get(setting.path());
    assertThat(byDefault == null).isEqualTo(setting.defaultText() == null);
    for (String name : setting.names()) {
      Object value = load(name, given).values().get(setting.path());
      assertThat(value).as(name).isNotNull();
      if (byDefault != null && !setting.path().equals("home")) {
        assertThat(value).as(name).isEqualTo(byDefault);
      }
    }
  }

  private static String sample(Setting setting) {
    return switch (setting.type()) {
      case BOOLEAN -> "true";
      case INTEGER, NUMBER -> "1";
      case DRIVER -> "postgresql+asyncpg";
      default -> "x";
    };
  }

  @Test
  void a_tilde_is_the_home_of_the_environment_before_that_of_the_list_of_users() {
    Map<String, String> environment = Map.of("HOME", folder.toString(), "PREFECT_HOME", "~/p");
    assertThat(Settings.load(environment, folder).path("home")).isEqualTo(folder.resolve("p"));
    assertThat(Settings.load(environment, folder).path("annals.home"))
        .isEqualTo(folder.resolve(".annals"));
    assertThat(load("ANNALS_HOME", "~").path("annals.home"))
        .isEqualTo(Path.of(System.getProperty("user.home")));
  }

  @Test
  void the_first_alias_wins() {
    Settings settings =
        load("PREFECT_API_DEFAULT_LIMIT", "7", "PREFECT_SERVER_API_DEFAULT_LIMIT", "9");
    assertThat(settings.integer("server.api.default_limit")).isEqualTo(9);
  }

  @Test
  void names_have_no_case() {
    assertThat(load("prefect_server_api_port", "5000").integer("server.api.port")).isEqualTo(5000);
  }

  @Test
  void sources_have_their_say_in_prefects_order() throws IOException {
    Files.writeString(
        folder.resolve("profiles.toml"),
        "active = 'mine'\n[profiles.mine]\nPREFECT_SERVER_API_PORT = '1'\nPREFECT_UI_URL = 'p'\n");
    assertThat(load().integer("server.api.port")).isEqualTo(1);
    Files.writeString(folder.resolve("pyproject.toml"), "[tool.prefect.server.api]\nport = 2\n");
    assertThat(load().integer("server.api.port")).isEqualTo(2);
    Files.writeString(folder.resolve("prefect.toml"), "[server.api]\nport = 3\n");
    assertThat(load().integer("server.api.port")).isEqualTo(3);
    Files.writeString(
        folder.resolve(".env"), "# ports\nexport PREFECT_SERVER_API_PORT=\"4\" # four\n");
    assertThat(load().integer("server.api.port")).isEqualTo(4);
    assertThat(load("PREFECT_SERVER_API_PORT", "5").integer("server.api.port")).isEqualTo(5);
    assertThat(load().text("ui_url")).isEqualTo("p");
  }

  @ParameterizedTest
  @CsvSource({"TRUE,true", "1,true", "y,true", "On,true", "off,false", "N,false", "0,false"})
  void switches_read_the_words_of_pydantic(String text, boolean expected) {
    assertThat(load("PREFECT_SERVER_METRICS_ENABLED", text).enabled("server.metrics_enabled"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT1H|PT1H",
        "P7D|PT168H",
        "P1Y|PT8760H",
        "01:00:30|PT1H0M30S",
        "2 days, 00:00:01|PT48H1S",
        "-PT5S|PT-5S",
        "PT0.5S|PT0.5S"
      })
  void durations_are_read_as_pydantic_does(String text, Duration expected) {
    assertThat(
            load("PREFECT_EVENTS_RETENTION_PERIOD", text)
                .duration("server.events.retention_period"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600", "1h", "", "P", "PT"})
  void other_durations_stop_the_start(String text) {
    assertThatThrownBy(() -> load("PREFECT_EVENTS_RETENTION_PERIOD", text))
        .isInstanceOf(StartupFailure.class)
        .hasMessageStartingWith("PREFECT_EVENTS_RETENTION_PERIOD=" + text + " ");
  }

  @Test
  void three_settings_take_bare_seconds() {
    assertThat(
            load("PREFECT_API_SERVICES_LATE_RUNS_AFTER_SECONDS", "30.5")
                .duration("server.services.late_runs.after_seconds"))
        .isEqualTo(Duration.ofMillis(30_500));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PREFECT_SERVER_API_PORT|x|is not a whole number",
        "PREFECT_SERVER_METRICS_ENABLED||is neither true nor false",
        "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION|29|must be at least 30",
        "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION|3601|must be at most 3600",
        "PREFECT_SERVER_API_MAX_PARAMETER_SIZE|-1|must be at least 0",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD|3600|must be more than 3600",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED|all|is none of events, flow_runs, orphans"
      })
  void a_wrong_value_is_named(String name, String text, String complaint) {
    String given = text == null ? "" : text;
    assertThatThrownBy(() -> load(name, given))
        .isInstanceOfSatisfying(
            StartupFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(StartupFailure.SETTINGS))
        .hasMessage("%s=%s %s.", name, given, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|events flow_runs orphans",
        "0|events",
        "flow_runs|flow_runs orphans",
        "orphans|orphans",
        "' events , orphans,'|events orphans"
      })
  void the_vacuum_reads_its_own_words(String text, String expected) {
    assertThat(
            load("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", text)
                .words("server.services.db_vacuum.enabled"))
        .isEqualTo(List.of(expected.split(" ", -1)));
  }

  @Test
  void events_of_a_name_are_kept_for_bare_seconds_or_a_duration() {
    String name = "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES";
    String path = "server.services.db_vacuum.event_retention_overrides";
    assertThat(load().durations(path))
        .isEqualTo(Map.of("prefect.flow-run.heartbeat", Duration.ofDays(7)));
    assertThat(load(name, "{\"a\": 90, \"b\": \"PT1H\"}").durations(path))
        .isEqualTo(Map.of("a", Duration.ofSeconds(90), "b", Duration.ofHours(1)));
    assertThatThrownBy(() -> load(name, "{\"a\": 0}"))
        .hasMessage(name + "={\"a\": 0} must be more than 0 for a.");
    assertThatThrownBy(() -> load(name, "90")).hasMessageContaining("is not a JSON object");
  }

  @Test
  void unknown_variables_are_named_once_in_one_line() {
    Settings settings =
        load(
            "PREFECT_SERVER_API_PRT", "1", "ANNALS_HOM", "x", "PREFECT_SERVER_ENCRYPTION_KEY", "k");
    assertThat(settings.warnings())
        .containsExactly("These variables name no setting: ANNALS_HOM, PREFECT_SERVER_API_PRT.");
  }

  @Test
  void the_tree_hides_secrets_and_our_own_settings() {
    JsonNode tree =
        load("PREFECT_SERVER_API_AUTH_STRING", "a:b", "PREFECT_SERVER_DATABASE_PASSWORD", "p")
            .effectiveTree();
    assertThat(tree.at("/server/api/auth_string").asString()).isEqualTo("**********");
    assertThat(tree.at("/server/database/password").asString()).isEqualTo("**********");
    assertThat(tree.at("/server/database/connection_url").asString()).isEqualTo("**********");
    assertThat(tree.at("/server/api/csrf_token_expiration").asString()).isEqualTo("PT1H");
    assertThat(tree.at("/server/services/scheduler/max_scheduled_time").asString())
        .isEqualTo("P100D");
    assertThat(tree.at("/server/api/base_path").isNull()).isTrue();
    assertThat(tree.has("annals")).isFalse();
  }
}
