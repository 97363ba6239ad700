package io.annals.query.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.events.log.Face;
import io.annals.query.event.EventCounts.Countable;
import io.annals.query.event.EventCounts.TimeUnit;
import io.annals.query.event.EventQueries.Cursor;
import io.annals.query.event.EventQueries.Stored;
import io.annals.query.sql.DayPartitions;
import io.annals.query.sql.MigratedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * 200,000 events, one a second, of ten names and 2,000 flow runs; some are related to themselves.
 */
class EventQueriesTest {
  private static final int EVENTS = 200_000;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Instant END = START.plusSeconds(EVENTS);
  private static final String WINDOW =
      "\"occurred\":{\"since\":\"" + START + "\",\"until\":\"" + END + "\"}";

  private static final String FILL =
      """
      INSERT INTO event_log (position, event_id, family, occurred, recorded, metadata, face_name,
          face_resource_id, face_resource_ids, face, hash)
      SELECT n, md5(n::text)::uuid, 'O', at, at, '{}', name, run, ARRAY[run, flow],
          json_build_object(
              'resource', json_build_object('prefect.resource.id', run,
                  'prefect.resource.name', 'run ' || (n % 2000), 'color', color),
              'related', json_build_array(json_build_object('prefect.resource.id', flow,
                      'prefect.resource.role', 'flow', 'prefect.resource.name', 'f'),
                  json_build_object('prefect.resource.id', CASE n % 4000 WHEN 11 THEN run ELSE flow END,
                      'prefect.resource.role', 'again')),
              'payload', json_build_object('n', n), 'follows', null),
          ''
      FROM (SELECT n, timestamptz '2026-01-05 00:00:00+00' + n * interval '1 second' AS at,
              'prefect.flow-run.Name' || (n % 10) AS name,
              'prefect.flow-run.' || (n % 2000) AS run, 'prefect.flow.' || (n % 100) AS flow,
              CASE n % 4 WHEN 0 THEN 'red' WHEN 1 THEN 'dark red' ELSE 'blue_' END AS color
          FROM generate_series(0, 199999) AS n) AS made
      """;

  private static final DataSource database = MigratedDatabase.create();

  private final EventQueries queries = new EventQueries(database);
  private final EventCounts counts = new EventCounts(database);

  @BeforeAll
  static void fill() throws SQLException {
    new DayPartitions(database, "event_log_observed").createAhead(START, 4);
    execute(FILL);
    execute("VACUUM ANALYZE event_log");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static EventFilter filter(String parts) {
    String json = "{" + WINDOW + (parts.isEmpty() ? "" : ",") + parts + "}";
    return EventFilterReader.read(JsonMapper.shared().readTree(json), List.of("filter"), END);
  }

  private long total(String parts) throws SQLException {
    return queries.first(filter(parts), 0).total();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "id":{"id":["c4ca4238-a0b9-2382-0dcc-509a6f75849b"]}                              | 1
          "resource":{"id":["prefect.flow-run.7"]}                                          | 100
          "resource":{"id_prefix":["prefect.flow-run.199"]}                                 | 1100
          "resource":{"id":[]}                                                              | 100000
          "resource":{"labels":{"color":"red"}}                                             | 50000
          "resource":{"labels":{"color":["*red"]}}                                          | 100000
          "resource":{"labels":{"color":"r?d"}}                                             | 50000
          "resource":{"labels":{"color":"!*r*"},"id":["prefect.flow-run.2"]}                | 100
          "resource":{"labels":{"color":"blue_"},"id":["prefect.flow-run.2"]}               | 100
          "resource":{"labels":{"color":"blueX"},"id":["prefect.flow-run.2"]}               | 0
          "resource":{"labels":{"color":[]}}                                                | 0
          "resource":{"labels":{"other":"!x"}}                                              | 0
          "event":{"name":["prefect.flow-run.Name3"]}                                       | 20000
          "event":{"prefix":["prefect.flow-run.Name3","x"]}                                 | 20000
          "event":{"prefix":["prefect.flow-run.%"]}                                         | 0
          "event":{"prefix":["prefect."],"exclude_name":["prefect.flow-run.Name3"],"exclude_prefix":["prefect.flow-run.Name4"]},"resource":{"id":["prefect.flow-run.3"]} | 0
          "related":{"id":["prefect.flow.5"]}                                               | 2000
          "related":[{"id":["prefect.flow.5"]},{"role":["flow"]}]                           | 2000
          "related":{"id":["prefect.flow.5"],"role":["tag"]}                                | 0
          "related":{"id":["prefect.flow-run.7"]}                                           | 0
          "related":{"id":["prefect.flow-run.11"]}                                          | 50
          "related":{"id":["prefect.flow-run.11","prefect.flow.5"]}                         | 2050
          "related":{"resources_in_roles":[["prefect.flow.5","flow"],["prefect.flow.6","x"]]} | 2000
          "related":{"labels":{"prefect.resource.id":"prefect.flow.5"}}                     | 2000
          "any_resource":{"id":["prefect.flow-run.7"]}                                      | 100
          "any_resource":{"id":["prefect.flow.5"]}                                          | 2000
          "any_resource":{"id_prefix":["prefect.flow-run.7"],"labels":{"color":"red"},"id":["prefect.flow-run.72"]} | 100
          "resource":{"distinct":true}                                                      | 2000
          "text":{"query":"NAME3 +\\"run 13\\" -\\"run 133\\""},"resource":{"id":["prefect.flow-run.13","prefect.flow-run.133"]} | 100
          """)
  void a_filter_finds_what_prefect_finds(String parts, long expected) throws SQLException {
    assertThat(total(parts)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"resource\":{\"id\":[\"prefect.flow-run.7\"]}",
        "\"resource\":{\"labels\":{\"color\":[\"!r*\",\"*d*\"],\"prefect.resource.name\":\"run 1?\"}}",
        "\"event\":{\"prefix\":[\"prefect.flow-run.Name1\"],\"exclude_name\":[\"x\"]}",
        "\"related\":{\"id\":[\"prefect.flow.5\"],\"role\":[\"flow\"]}",
        "\"related\":{\"id\":[\"prefect.flow-run.11\",\"prefect.flow.5\"]}",
        "\"any_resource\":[{\"id_prefix\":[\"prefect.flow.1\"]},{\"labels\":{\"color\":\"*red\"}}]",
        "\"text\":{\"query\":\"name1 -name2 +run\"}"
      })
  void stored_and_live_events_are_matched_alike(String parts) throws SQLException {
    EventFilter wanted = narrow(parts);
    EventFilter all = narrow("");
    List<EventView> everything = stored(all);
    List<EventView> found = stored(wanted);
    assertThat(found).isNotEmpty().hasSizeLessThan(everything.size());
    assertThat(everything.stream().filter(event -> wanted.matches(face(event))).toList())
        .isEqualTo(found);
  }

  private static EventFilter narrow(String parts) {
    String window =
        "\"occurred\":{\"since\":\"" + START + "\",\"until\":\"" + START.plusSeconds(999) + "\"}";
    String json = "{" + window + (parts.isEmpty() ? "" : ",") + parts + "}";
    return EventFilterReader.read(JsonMapper.shared().readTree(json), List.of(), END);
  }

  private List<EventView> stored(EventFilter filter) throws SQLException {
    List<EventView> events = new ArrayList<>();
    Cursor cursor = new Cursor(filter.since(), -1);
    while (cursor != null) {
      Stored page = queries.stored(filter, EVENTS, cursor, 250);
      events.addAll(page.events());
      cursor = page.next();
    }
    return events;
  }

  private static Face face(EventView event) {
    return new Face(
        event.id(),
        event.occurred(),
        event.event(),
        event.resource(),
        event.related(),
        event.payload(),
        event.follows());
  }

  @Test
  void pages_follow_each_other_newest_first_until_the_last() throws SQLException {
    EventFilter filter = filter("\"resource\":{\"id\":[\"prefect.flow-run.7\"]}");
    List<EventView> all = new ArrayList<>();
    EventPage page = queries.first(filter, 30);
    while (true) {
      assertThat(page.total()).isEqualTo(100);
      all.addAll(page.events());
      if (page.next() == null) {
        break;
      }
      EventPageToken token = EventPageToken.read(page.next().text(), END);
      page = queries.next(java.util.Objects.requireNonNull(token));
    }
    assertThat(all).hasSize(100).doesNotHaveDuplicates();
    assertThat(all)
        .isSortedAccordingTo(java.util.Comparator.comparing(EventView::occurred).reversed());
  }

  @Test
  void a_foreign_token_is_no_token() {
    assertThat(EventPageToken.read("", END)).isNull();
    assertThat(EventPageToken.read("%%%", END)).isNull();
    assertThat(EventPageToken.read("WVd4cw==", END)).isNull();
  }

  @Test
  void distinct_keeps_the_newest_event_of_each_resource() throws SQLException {
    EventPage page = queries.first(filter("\"resource\":{\"distinct\":true}"), 50);
    assertThat(page.events().stream().map(event -> event.resource().get(Face.RESOURCE_ID)))
        .doesNotHaveDuplicates();
    assertThat(page.events().getFirst().occurred()).isEqualTo(START.plusSeconds(EVENTS - 1));
  }

  @Test
  void days_are_counted_with_the_empty_ones_up_to_the_end_of_the_present_unit()
      throws SQLException {
    EventFilter filter =
        EventFilterReader.read(
            JsonMapper.shared()
                .readTree(
                    "{\"occurred\":{\"since\":\"2026-01-04T12:00:00Z\",\"until\":\"2026-01-07T12:00:00Z\"}}"),
            List.of(),
            END);
    List<EventCountView> days = counts.count(filter, Countable.DAY, TimeUnit.DAY, 1, END);
    assertThat(days)
        .extracting(EventCountView::count)
        .containsExactly(0L, 86_400L, 86_400L, 27_200L);
    assertThat(days.get(1))
        .isEqualTo(
            new EventCountView(
                "1",
                "2026-01-05T00:00:00+00:00",
                86_400,
                Instant.parse("2026-01-05T00:00:00Z"),
                Instant.parse("2026-01-05T23:59:59.999999Z")));
    assertThat(counts.count(filter, Countable.TIME, TimeUnit.HOUR, 0.5, END)).hasSize(136);
  }

  @Test
  void too_many_buckets_are_refused() {
    assertThatThrownBy(() -> counts.count(filter(""), Countable.TIME, TimeUnit.SECOND, 1, END))
        .isInstanceOf(TooManyBucketsException.class)
        .hasMessageStartingWith(
            "The given interval would create 200000 buckets, which is too many.");
  }

  @Test
  void names_and_resources_are_counted_most_frequent_first() throws SQLException {
    List<EventCountView> names = counts.count(filter(""), Countable.EVENT, TimeUnit.DAY, 1, END);
    assertThat(names).hasSize(10).allMatch(each -> each.count() == 20_000);
    assertThat(names.getFirst().value()).isEqualTo("prefect.flow-run.Name0");
    List<EventCountView> resources =
        counts.count(filter(""), Countable.RESOURCE, TimeUnit.DAY, 1, END);
    assertThat(resources).hasSize(2_000);
    assertThat(resources.getFirst().label()).isEqualTo("run 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"resource\":{\"id\":[\"prefect.flow-run.7\"]}",
        "\"any_resource\":{\"id\":[\"prefect.flow.5\"]}",
        "\"related\":{\"id\":[\"prefect.flow.5\"]}",
        "\"event\":{\"name\":[\"prefect.flow-run.Rare\"]}",
        "\"event\":{\"prefix\":[\"prefect.task-run\"]}",
        "\"event\":{\"prefix\":[\"prefect.flow-run\"]}",
        "\"id\":{\"id\":[\"c4ca4238-a0b9-2382-0dcc-509a6f75849b\"]}",
        ""
      })
  void usual_pages_are_read_from_an_index(String parts) throws SQLException {
    EventConditions conditions = EventConditions.of(filter(parts));
    String page =
        "SELECT face FROM event_log WHERE %s ORDER BY occurred DESC, position DESC LIMIT 50"
            .formatted(conditions.sql());
    assertThat(plan(page, conditions)).doesNotContain("Seq Scan on event_log_observed_20260106");
  }

  @Test
  void counting_by_name_uses_the_index_of_names() throws SQLException {
    EventConditions conditions =
        EventConditions.of(filter("\"event\":{\"prefix\":[\"prefect.flow-run.Name3\"]}"));
    String total =
        "SELECT count(*) FROM (SELECT 1 FROM event_log WHERE %s LIMIT 100000) AS counted"
            .formatted(conditions.sql());
    assertThat(plan(total, conditions)).contains("face_name_occurred_idx");
  }

  private String plan(String sql, EventConditions conditions) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
      conditions.bind(statement, 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
      }
    }
    return plan.toString();
  }

  @Test
  void old_days_are_dropped_and_coming_days_exist() throws SQLException {
    DayPartitions partitions = new DayPartitions(MigratedDatabase.create(), "event_log_observed");
    assertThat(partitions.createAhead(START, 2))
        .containsExactly(
            "event_log_observed_20260104",
            "event_log_observed_20260105",
            "event_log_observed_20260106",
            "event_log_observed_20260107");
    assertThat(partitions.createAhead(START, 2)).isEmpty();
    assertThat(partitions.dropOlderThan(Duration.ofDays(1), START.plus(Duration.ofDays(2))))
        .containsExactly("event_log_observed_20260104", "event_log_observed_20260105");
    assertThat(partitions.dropOlderThan(Duration.ofDays(1), START.plus(Duration.ofDays(2))))
        .isEmpty();
  }
}
