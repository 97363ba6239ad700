package io.annals.query.flowrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import io.annals.events.sql.Transaction;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.StateType;
import io.annals.query.sql.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a refusal leaves in the tables needs no answer on the way (docs/decisions/0009). */
class RefusalsAreOneRoundTripTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final UUID RUN = new UUID(1, 1);
  private static final ObjectNode EMPTY = JsonNodeFactory.instance.objectNode();
  private static final EmpiricalPolicy BEFORE = EmpiricalPolicy.DEFAULT;
  private static final EmpiricalPolicy AFTER =
      new EmpiricalPolicy(3, 1.5, 3, 2, List.of("a"), true, "reschedule");

  @Test
  void the_policy_waits_for_the_commit_with_everything_else() throws SQLException {
    DataSource database = MigratedDatabase.create();
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      new FlowRunProjection().project(transaction, List.of(logged(1, created()), refused()));
      assertThat(connection.getAutoCommit()).as("nothing has been sent yet").isTrue();
      transaction.commit();
    }
    String stored =
        JdbcClient.create(database)
            .sql("SELECT empirical_policy ->> 'resuming' FROM flow_run")
            .query(String.class)
            .single();
    assertThat(stored).isEqualTo("true");
  }

  private static FlowRunCreated created() {
    return new FlowRunCreated(
        RUN,
        new UUID(2, 1),
        "otter",
        null,
        null,
        null,
        null,
        null,
        EMPTY,
        null,
        EMPTY,
        BEFORE,
        List.of(),
        EMPTY,
        null,
        false,
        null,
        null,
        EMPTY,
        null);
  }

  private static LoggedEvent refused() {
    return logged(
        2,
        new FlowRunProposalRefused(
            RUN,
            StateType.PENDING,
            "Pending",
            ProposalStatus.REJECT,
            "rule",
            "reason",
            null,
            AFTER));
  }

  private static LoggedEvent logged(long position, FlowRunEvent payload) {
    return new LoggedEvent(
        position,
        new UUID(3, position),
        Family.DOMAIN,
        "flowrun-" + RUN,
        position - 1,
        NOON,
        NOON,
        payload,
        Origin.NONE,
        null);
  }
}
