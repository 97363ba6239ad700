package io.annals.query.concurrency;

import io.annals.query.concurrency.SlotLedger.Waits;
import io.annals.query.concurrency.Taking.Taken;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A ledger in a database of its own, and limits to take slots of. */
abstract class SlotLedgerFixture {
  static final Duration WHILE = Duration.ofMinutes(5);
  static final UUID RUN = new UUID(1, 1);

  private static EmbeddedPostgres postgres;
  static JdbcClient jdbc;

  SlotLedger ledger;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
    jdbc = JdbcClient.create(postgres.getPostgresDatabase());
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void forget() {
    for (String table :
        List.of(
            "concurrency_slot",
            "concurrency_lease",
            "concurrency_use",
            "concurrency_limit",
            "flow_run",
            "flow_run_state")) {
      jdbc.sql("DELETE FROM " + table).update();
    }
    ledger =
        new SlotLedger(
            postgres.getPostgresDatabase(),
            UUID::randomUUID,
            new Waits(Duration.ofSeconds(10), Duration.ofSeconds(30)));
  }

  static UUID limit(String name, int slots) {
    return decaying(name, slots, 0);
  }

  static UUID decaying(String name, int slots, double perSecond) {
    UUID id = UUID.randomUUID();
    jdbc.sql("INSERT INTO concurrency_limit VALUES (?, now(), now(), ?, ?, true, ?)")
        .params(id, name, slots, perSecond)
        .update();
    return id;
  }

  static Lease whileNeeded() {
    return new Lease(WHILE, null);
  }

  UUID lease(String name, int slots) {
    return Objects.requireNonNull(
        ((Taken) ledger.take(List.of(name), slots, whileNeeded())).leaseId());
  }

  LimitUse use(UUID limit) {
    return ledger.use(limit).orElseThrow();
  }

  static List<UUID> leases() {
    return jdbc.sql("SELECT id FROM concurrency_lease")
        .query((row, index) -> row.getObject(1, UUID.class))
        .list();
  }
}
