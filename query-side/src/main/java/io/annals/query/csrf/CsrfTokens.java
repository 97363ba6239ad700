package io.annals.query.csrf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one CSRF token each client has. */
public final class CsrfTokens {
  /** How many expired tokens one purge removes at most; the next one takes the rest. */
  static final int MAX_PURGED = 1000;

  private static final int TOKEN_BYTES = 32;

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final SecureRandom random = new SecureRandom();

  /** Keeps tokens in the database behind {@code jdbc}. */
  public CsrfTokens(JdbcClient jdbc, InstantSource clock, Supplier<UUID> ids) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.ids = ids;
  }

  private static final String ISSUE =
      """
      INSERT INTO csrf_token AS known (client, id, token, expiration, created, updated)
      VALUES (:client, :id, :token, :expiration, :now, :now)
      ON CONFLICT (client) DO UPDATE
         SET token = excluded.token, expiration = excluded.expiration, updated = excluded.updated
      RETURNING id, created, updated, token, client, expiration
      """;

  /**
   * Gives a client a new token, which takes the place of the one it had; its id stays the same.
   * Expired tokens of anybody are purged on the way.
   */
  public CsrfTokenView issue(String client, Duration lifetime) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    CsrfTokenView issued =
        jdbc.sql(ISSUE)
            .param("client", client)
            .param("id", ids.get())
            .param("token", HexFormat.of().formatHex(token))
            .param("expiration", utc(now.plus(lifetime)))
            .param("now", utc(now))
            .query(CsrfTokens::view)
            .single();
    purgeExpired(now);
    return issued;
  }

  private static final String TOKEN_OF =
      "SELECT token FROM csrf_token WHERE client = :client AND expiration > :now";

  /** Whether this is the client's present token. */
  public boolean isValid(String client, String token) {
    byte[] sent = token.getBytes(StandardCharsets.UTF_8);
    return jdbc.sql(TOKEN_OF)
        .param("client", client)
        .param("now", utc(clock.instant()))
        .query(String.class)
        .optional()
        .filter(known -> MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), sent))
        .isPresent();
  }

  /** Rows that somebody else is renewing or purging are skipped: two purges never wait in turn. */
  private static final String PURGE =
      """
      DELETE FROM csrf_token WHERE client IN (
        SELECT client FROM csrf_token WHERE expiration < :now
        ORDER BY expiration LIMIT :most FOR UPDATE SKIP LOCKED)
      """;

  private void purgeExpired(Instant now) {
    jdbc.sql(PURGE).param("now", utc(now)).param("most", MAX_PURGED).update();
  }

  private static CsrfTokenView view(ResultSet row, int number) throws SQLException {
    return new CsrfTokenView(
        row.getObject("id", UUID.class),
        instant(row, "created"),
        instant(row, "updated"),
        row.getString("token"),
        row.getString("client"),
        instant(row, "expiration"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
