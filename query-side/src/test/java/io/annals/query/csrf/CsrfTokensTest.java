package io.annals.query.csrf;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.query.sql.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class CsrfTokensTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");

  private static final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.create());

  private Instant now = NOON;
  private final InstantSource clock = () -> now;
  private CsrfTokens tokens;

  @BeforeEach
  void forget() {
    jdbc.sql("DELETE FROM csrf_token").update();
    tokens = new CsrfTokens(jdbc, clock, UUID::randomUUID);
  }

  @Test
  void a_token_is_valid_for_its_client_only_and_until_it_expires() {
    CsrfTokenView issued = tokens.issue("a", HOUR);
    assertThat(issued.expiration()).isEqualTo(NOON.plus(HOUR));
    assertThat(tokens.isValid("a", issued.token())).isTrue();
    assertThat(tokens.isValid("b", issued.token())).isFalse();
    assertThat(tokens.isValid("a", "x")).isFalse();
    now = NOON.plus(HOUR);
    assertThat(tokens.isValid("a", issued.token())).isFalse();
  }

  @Test
  void another_node_knows_the_token() {
    CsrfTokens elsewhere = new CsrfTokens(jdbc, clock, UUID::randomUUID);
    assertThat(elsewhere.isValid("a", tokens.issue("a", HOUR).token())).isTrue();
  }

  @Test
  void asking_again_changes_the_token_and_keeps_the_row() {
    CsrfTokenView first = tokens.issue("a", HOUR);
    now = NOON.plusSeconds(1);
    CsrfTokenView second = tokens.issue("a", HOUR);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.created()).isEqualTo(NOON);
    assertThat(second.expiration()).isEqualTo(now.plus(HOUR));
    assertThat(tokens.isValid("a", first.token())).isFalse();
    assertThat(tokens.isValid("a", second.token())).isTrue();
  }

  @Test
  void expired_tokens_are_purged_when_somebody_asks_for_one() {
    tokens.issue("old", HOUR);
    now = NOON.plus(HOUR).plusSeconds(1);
    tokens.issue("new", HOUR);
    assertThat(jdbc.sql("SELECT client FROM csrf_token").query(String.class).list())
        .containsExactly("new");
  }
}
