package io.annals.query.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.deployment.DeploymentDefinition;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.deployment.DeploymentEvent.DeploymentCreated;
import io.annals.events.deployment.DeploymentEvent.DeploymentDeleted;
import io.annals.events.deployment.DeploymentEvent.DeploymentScheduleRemoved;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesAdded;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesChanged;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesReplaced;
import io.annals.events.deployment.DeploymentEvent.DeploymentStatusSet;
import io.annals.events.deployment.DeploymentSchedule;
import io.annals.events.deployment.DeploymentStatus;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import io.annals.events.schedule.Schedule;
import io.annals.events.sql.Transaction;
import io.annals.query.request.RequestReader;
import io.annals.query.sql.Database;
import io.annals.query.sql.MigratedDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

class DeploymentQueriesTest {
  private static final UUID FLOW = new UUID(1, 1);
  private static final UUID NIGHTLY = new UUID(2, 1);
  private static final UUID HOURLY = new UUID(2, 2);
  private static final UUID A = new UUID(3, 1);
  private static final UUID B = new UUID(3, 2);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DataSource database = MigratedDatabase.create();

  private DeploymentQueries deployments;
  private long position = 0;

  @BeforeEach
  void deploy() throws SQLException {
    deployments = new DeploymentQueries(new Database(database, database));
    new JdbcTemplate(database)
        .execute("TRUNCATE flow, deployment, deployment_schedule, deployment_poll");
    new JdbcTemplate(database)
        .update(
            "INSERT INTO flow (id, created, updated, name, tags, labels)"
                + " VALUES (?, now(), now(), 'orders', '{}', '{}')",
            FLOW);
    project(created(NIGHTLY, "nightly", false, "etl"), created(HOURLY, "hourly", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                             | hourly nightly
          {"name":{"like_":"LY"}}                                                        | hourly nightly
          {"name":{"any_":["nightly"]}}                                                  | nightly
          {"flow_or_deployment_name":{"like_":"ORDER"}}                                  | hourly nightly
          {"flow_or_deployment_name":{"like_":"night"}}                                  | nightly
          {"paused":{"eq_":true}}                                                        | hourly
          {"tags":{"all_":["etl"]}}                                                      | nightly
          {"tags":{"is_null_":true}}                                                     | hourly
          {"work_queue_name":{"any_":["fast"]}}                                          | hourly nightly
          {"concurrency_limit":{"ge_":7}}                                                | hourly nightly
          {"operator":"or_","paused":{"eq_":true},"name":{"any_":["nightly"]}}           | hourly nightly
          {"operator":"or_","paused":{"eq_":true},"name":{"any_":["nightly"],"like_":"hour"}} | hourly
          {"operator":"or_","paused":{},"name":{"any_":["nightly"]}}                     | hourly nightly
          """)
  void filters_find_deployments(String filter, String found) {
    DeploymentFilter read =
        RequestReader.read(DeploymentFilter.class, filter.getBytes(StandardCharsets.UTF_8));
    assertThat(names(DeploymentSelection.of(read))).isEqualTo(found);
    assertThat(deployments.count(DeploymentSelection.of(read))).isEqualTo(found.split(" ").length);
  }

  @Test
  void the_schedule_that_changed_last_comes_first_and_slugs_may_change_places()
      throws SQLException {
    project(new DeploymentSchedulesAdded(NIGHTLY, List.of(schedule(A, "a"), schedule(B, "b"))));
    assertThat(slugs()).containsExactly("b", "a");
    project(new DeploymentSchedulesChanged(NIGHTLY, List.of(schedule(B, "a"), schedule(A, "b"))));
    assertThat(deployments.schedules(NIGHTLY).stream().map(ScheduleView::id)).containsExactly(A, B);
    assertThat(slugs()).containsExactly("b", "a");
  }

  @Test
  void a_status_does_not_touch_the_time_of_the_last_change() throws SQLException {
    Instant before = deployments.byId(NIGHTLY).orElseThrow().updated();
    project(new DeploymentStatusSet(NIGHTLY, DeploymentStatus.READY));
    DeploymentView after = deployments.byNames("orders", "nightly").orElseThrow();
    assertThat(after.status()).isEqualTo(DeploymentStatus.READY);
    assertThat(after.updated()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("rescheduled")
  void other_schedules_are_a_change_that_the_scheduler_sees_at_once(DeploymentEvent rescheduled)
      throws SQLException {
    project(new DeploymentSchedulesAdded(NIGHTLY, List.of(schedule(A, "a"), schedule(B, "b"))));
    Instant next = NOW.plusSeconds(position + 1);
    PlanningQueries planning = new PlanningQueries(new Database(database, database));
    assertThat(planning.changed(next, null, 10)).isEmpty();
    project(rescheduled);
    assertThat(planning.changed(next, null, 10)).containsExactly(NIGHTLY);
    assertThat(deployments.byId(NIGHTLY).orElseThrow().updated()).isEqualTo(next);
  }

  private static List<DeploymentEvent> rescheduled() {
    return List.of(
        new DeploymentSchedulesReplaced(NIGHTLY, List.of(schedule(A, "a"))),
        new DeploymentSchedulesAdded(NIGHTLY, List.of(schedule(new UUID(3, 3), "c"))),
        new DeploymentSchedulesChanged(NIGHTLY, List.of(schedule(A, "c"))),
        new DeploymentScheduleRemoved(NIGHTLY, A));
  }

  @Test
  void a_deleted_deployment_leaves_no_schedule_and_its_name_is_free() throws SQLException {
    project(
        new DeploymentSchedulesAdded(NIGHTLY, List.of(schedule(A, "a"))),
        new DeploymentDeleted(NIGHTLY, true),
        created(new UUID(2, 3), "nightly", false));
    assertThat(deployments.schedules(NIGHTLY)).isEmpty();
    assertThat(deployments.idByName(FLOW, "nightly")).contains(new UUID(2, 3));
  }

  @Test
  void a_poll_is_noted_and_tells_who_is_not_ready_yet() throws SQLException {
    DeploymentPolls polls = new DeploymentPolls(database);
    assertThat(polls.record(List.of(NIGHTLY, HOURLY), List.of(), NOW))
        .containsExactly(NIGHTLY, HOURLY);
    project(new DeploymentStatusSet(NIGHTLY, DeploymentStatus.READY));
    assertThat(polls.record(List.of(NIGHTLY, HOURLY), List.of(), NOW.minusSeconds(9)))
        .containsExactly(HOURLY);
    assertThat(deployments.byId(NIGHTLY).orElseThrow().lastPolled()).isEqualTo(NOW);
    assertThat(polls.silentSince(NOW, 10)).isEmpty();
    assertThat(polls.silentSince(NOW.plusSeconds(1), 10)).containsExactly(NIGHTLY);
  }

  private List<String> slugs() {
    return deployments.byId(NIGHTLY).orElseThrow().schedules().stream()
        .map(schedule -> String.valueOf(schedule.slug()))
        .toList();
  }

  private String names(DeploymentSelection selection) {
    return String.join(
        " ",
        deployments.page(selection, DeploymentSort.NAME_ASC, 10, 0).stream()
            .map(DeploymentView::name)
            .toList());
  }

  private static DeploymentSchedule schedule(UUID id, String slug) {
    return new DeploymentSchedule(
        id,
        new Schedule.CronSchedule("0 9 * * *", null, true),
        true,
        null,
        JsonNodeFactory.instance.objectNode(),
        slug);
  }

  private static DeploymentCreated created(UUID id, String name, boolean paused, String... tags) {
    var nothing = JsonNodeFactory.instance.objectNode();
    return new DeploymentCreated(
        id,
        FLOW,
        name,
        new DeploymentDefinition(
            null,
            null,
            List.of(tags),
            nothing,
            nothing,
            null,
            true,
            null,
            null,
            null,
            paused,
            null,
            "fast",
            null,
            null,
            nothing,
            null,
            null));
  }

  private void project(DeploymentEvent... events) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      new DeploymentProjection()
          .project(transaction, List.of(events).stream().map(this::logged).toList());
      transaction.commit();
    }
  }

  private LoggedEvent logged(DeploymentEvent event) {
    position++;
    return new LoggedEvent(
        position,
        new UUID(9, position),
        Family.DOMAIN,
        "deployment-" + event.deploymentId(),
        position,
        NOW.plusSeconds(position),
        NOW.plusSeconds(position),
        event,
        Origin.NONE,
        null);
  }
}
