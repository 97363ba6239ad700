package io.annals.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.log.Origin;
import io.annals.query.log.LogVerification;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogVerificationTest {
  private final TestNode node =
      new TestNode(TestPostgres.freshDatabase(), (connection, events) -> {});

  @BeforeEach
  void write() throws Exception {
    TestPostgres.execute(
        node.reader,
        "CREATE TABLE observed_for_tests PARTITION OF event_log_observed FOR VALUES FROM"
            + " ('2020-01-01') TO ('2100-01-01')");
    for (int version = 0; version < 5; version++) {
      node.append("flow-a", version, "t\"ä\\" + version);
      node.committer
          .append(List.of(TestNode.observed(TestNode.newId(), "a.b")), Origin.NONE)
          .get(10, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void an_untouched_log_verifies() throws Exception {
    try (Connection connection = node.writer.getConnection()) {
      assertThat(LogVerification.firstBrokenDomainEvent(connection)).isEmpty();
      assertThat(LogVerification.firstBrokenObservedEvent(connection)).isEmpty();
    }
  }

  @Test
  void a_changed_payload_is_found_where_it_was_changed() throws Exception {
    TestPostgres.execute(node.reader, "UPDATE event_log SET payload = '{}' WHERE position = 5");
    try (Connection connection = node.writer.getConnection()) {
      assertThat(LogVerification.firstBrokenDomainEvent(connection)).isEqualTo(Optional.of(5L));
    }
  }

  @Test
  void a_removed_row_is_found_at_the_row_after_it() throws Exception {
    TestPostgres.execute(node.reader, "DELETE FROM event_log WHERE position = 4");
    try (Connection connection = node.writer.getConnection()) {
      assertThat(LogVerification.firstBrokenObservedEvent(connection)).isEqualTo(Optional.of(6L));
    }
  }

  @Test
  void observed_events_that_retention_dropped_do_not_break_the_chain() throws Exception {
    TestPostgres.execute(node.reader, "DELETE FROM event_log WHERE family = 'O' AND position <= 4");
    try (Connection connection = node.writer.getConnection()) {
      assertThat(LogVerification.firstBrokenDomainEvent(connection)).isEmpty();
      assertThat(LogVerification.firstBrokenObservedEvent(connection)).isEmpty();
    }
  }
}
