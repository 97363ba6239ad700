package io.annals.query.flowrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunRenamed;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import io.annals.events.sql.Transaction;
import io.annals.events.state.CreatedBy;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.query.sql.Database;
import io.annals.query.sql.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fresh run has to look as the tables will show it. */
class FreshFlowRunsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");
  private static final UUID RUN = new UUID(1, 1);
  private static final UUID STATE = new UUID(1, 2);

  private static final DataSource database = MigratedDatabase.create();

  private final FlowRunQueries queries =
      new FlowRunQueries(
          new Database(database, database), InstantSource.fixed(NOON.plusSeconds(9)));
  private final FreshFlowRuns fresh = new FreshFlowRuns(InstantSource.fixed(NOON.plusSeconds(9)));

  @BeforeEach
  void empty() {
    JdbcClient.create(database).sql("TRUNCATE flow_run, flow_run_state").update();
  }

  @Test
  void a_run_without_a_state() throws SQLException {
    commit(created(null));
    assertThat(fresh.take(RUN)).isPresent().isEqualTo(queries.byId(RUN));
  }

  @Test
  void a_run_with_a_scheduled_state() throws SQLException {
    RunTimes times =
        new RunTimes(0, null, null, Duration.ZERO, NOON.minusSeconds(5), NOON.minusSeconds(5));
    commit(created(null), moved(StateType.SCHEDULED, null, times));
    assertThat(fresh.take(RUN)).isPresent().isEqualTo(queries.byId(RUN));
  }

  @Test
  void a_run_that_is_running_already() throws SQLException {
    RunTimes times = new RunTimes(1, NOON, null, Duration.ofMillis(1500), NOON, null);
    commit(created(null), moved(StateType.RUNNING, null, times));
    assertThat(fresh.take(RUN)).isPresent().isEqualTo(queries.byId(RUN));
  }

  @Test
  void it_is_given_once() throws SQLException {
    commit(created(null));
    assertThat(fresh.take(RUN)).isPresent();
    assertThat(fresh.take(RUN)).isEmpty();
  }

  @Test
  void what_only_the_tables_know_is_left_to_them() throws SQLException {
    commit(created(new UUID(7, 7)));
    assertThat(fresh.take(RUN)).isEmpty();
    empty();
    commit(
        created(null),
        moved(StateType.COMPLETED, json("{\"type\": \"reference\"}"), RunTimes.NONE));
    assertThat(fresh.take(RUN)).isEmpty();
    empty();
    commit(created(null), new FlowRunRenamed(RUN, "other"));
    assertThat(fresh.take(RUN)).isEmpty();
  }

  private void commit(FlowRunEvent... payloads) throws SQLException {
    List<LoggedEvent> events = new ArrayList<>();
    for (FlowRunEvent payload : payloads) {
      long position = events.size() + 1L;
      events.add(
          new LoggedEvent(
              position,
              new UUID(3, position),
              Family.DOMAIN,
              "flowrun-" + RUN,
              position - 1,
              NOON.plusMillis(position),
              NOON,
              payload,
              Origin.NONE,
              null));
    }
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      new FlowRunProjection().project(transaction, events);
      transaction.commit();
    }
    fresh.committed(events);
  }

  private static FlowRunCreated created(@Nullable UUID queue) {
    return new FlowRunCreated(
        RUN,
        new UUID(2, 1),
        "brave-otter",
        new UUID(2, 2),
        "v7",
        queue,
        "a queue by name",
        "1.2",
        json("{\"n\": 0.0001, \"text\": \"\\u00fc\"}"),
        "key",
        json("{}"),
        new EmpiricalPolicy(3, 1.5, 3, 2, List.of("a"), true, "reschedule"),
        List.of("one", "with \"quotes\" and, commas"),
        json("{\"prefect.flow.id\": \"x\"}"),
        new UUID(2, 3),
        true,
        new UUID(2, 4),
        "pid-1",
        json("{\"env\": {}}"),
        new CreatedBy(new UUID(2, 5), "USER", "ada"));
  }

  private static FlowRunStateSet moved(StateType type, @Nullable JsonNode data, RunTimes times) {
    return new FlowRunStateSet(
        RUN,
        new State(STATE, type, "A name", NOON, "said", data, StateDetails.NONE.at(NOON)),
        type,
        ProposalStatus.ACCEPT,
        null,
        null,
        times,
        EmpiricalPolicy.DEFAULT);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
