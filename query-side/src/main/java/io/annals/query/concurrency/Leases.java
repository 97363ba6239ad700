package io.annals.query.concurrency;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Leases, kept where every node and every restart finds them. */
public final class Leases {
  private static final String TAKE =
      """
      INSERT INTO concurrency_lease (id, created, expiration, holder)
      VALUES (:id, :now, :expiration, :holder::json)
      """;

  private static final String RENEW =
      "UPDATE concurrency_lease SET expiration = :expiration WHERE id = :id AND expiration > :now";

  private static final String RELEASE = "DELETE FROM concurrency_lease WHERE id = :id";
  private static final String DROP_EXPIRED =
      "DELETE FROM concurrency_lease WHERE expiration <= :now";

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  /** Keeps leases by the given clock. */
  public Leases(JdbcClient jdbc, InstantSource clock, Supplier<UUID> ids) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.ids = ids;
  }

  /** Takes a lease; answers its id. */
  public UUID take(Duration length, @Nullable JsonNode holder) {
    UUID id = ids.get();
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    jdbc.sql(TAKE)
        .param("id", id)
        .param("now", now)
        .param("expiration", now.plus(length))
        .param("holder", holder == null ? null : holder.toString())
        .update();
    return id;
  }

  /** Extends a lease from now on; false when it has expired or never was. */
  public boolean renew(UUID leaseId, Duration length) {
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    return jdbc.sql(RENEW)
            .param("id", leaseId)
            .param("now", now)
            .param("expiration", now.plus(length))
            .update()
        > 0;
  }

  /** Gives a lease back; one that is gone already is no error. */
  public void release(UUID leaseId) {
    jdbc.sql(RELEASE).param("id", leaseId).update();
  }

  /** Forgets leases that ran out; answers how many. */
  public int dropExpired() {
    return jdbc.sql(DROP_EXPIRED).param("now", clock.instant().atOffset(ZoneOffset.UTC)).update();
  }
}
