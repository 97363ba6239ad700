package io.annals.query.concurrency;

import io.annals.query.concurrency.SlotLedger.Waits;
import io.annals.query.concurrency.Taking.Taken;
import io.annals.query.sql.MigratedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A ledger in which nothing is taken yet, and limits to take slots of. */
abstract class SlotLedgerFixture {
  static final Duration WHILE = Duration.ofMinutes(5);
  static final UUID RUN = new UUID(1, 1);

  private static final DataSource database = MigratedDatabase.create();
  static final JdbcClient jdbc = JdbcClient.create(database);

  SlotLedger ledger;

  @BeforeEach
  void forget() {
    for (String table :
        List.of(
            "concurrency_slot",
            "concurrency_lease",
            "concurrency_use",
            "concurrency_limit",
            "flow_run",
            "flow_run_state",
            "task_run")) {
      jdbc.sql("DELETE FROM " + table).update();
    }
    ledger =
        new SlotLedger(
            database, UUID::randomUUID, new Waits(Duration.ofSeconds(10), Duration.ofSeconds(30)));
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
