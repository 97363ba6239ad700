package io.annals.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.app.StartupFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql+asyncpg://ann:pw@db:5433/flows",
        "postgresql://ann:pw@db:5433/flows",
        "postgres://ann:pw@db:5433/flows"
      })
  void all_forms_mean_the_same(String url) {
    assertThat(DatabaseUrl.parse(url, null))
        .isEqualTo(new DatabaseAddress("db", 5433, "flows", "ann", "pw", Map.of()));
  }

  @Test
  void what_is_missing_has_postgresqls_defaults() {
    assertThat(DatabaseUrl.parse("postgresql://db/flows", null))
        .isEqualTo(new DatabaseAddress("db", 5432, "flows", "postgres", null, Map.of()));
  }

  @Test
  void passwords_may_hold_anything() {
    assertThat(DatabaseUrl.parse("postgresql://a:p%40+%2F%25@db/f", null).password())
        .isEqualTo("p@+/%");
    assertThat(
            DatabaseUrl.parse("postgresql://a:${PREFECT_API_DATABASE_PASSWORD}@db/f", "a@b:c/d+e%")
                .password())
        .isEqualTo("a@b:c/d+e%");
  }

  @Test
  void parameters_of_asyncpg_reach_the_driver() {
    assertThat(
            DatabaseUrl.parse(
                    "postgresql+asyncpg://a@db/f?ssl=require&prepared_statement_cache_size=0", null)
                .driverProperties())
        .isEqualTo(Map.of("sslmode", "require", "prepareThreshold", "0"));
  }

  @Test
  void ipv6_hosts_keep_their_brackets_in_the_jdbc_url() {
    assertThat(DatabaseUrl.parse("postgresql://a@[::1]:5432/f", null).jdbcUrl())
        .isEqualTo("jdbc:postgresql://[::1]:5432/f");
  }

  @Test
  void the_shown_address_has_no_password() {
    assertThat(DatabaseUrl.parse("postgresql://a:secret@db/f", null).shown())
        .isEqualTo("db:5432/f as a");
  }

  @Test
  void sqlite_is_told_what_to_do() {
    assertThatThrownBy(() -> DatabaseUrl.parse("sqlite+aiosqlite:////tmp/prefect.db", null))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("unset PREFECT_SERVER_DATABASE_CONNECTION_URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://a@b/c", "nonsense", "postgresql://a@b/c?surprise=1"})
  void other_urls_are_refused(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url, null)).isInstanceOf(StartupFailure.class);
  }
}
