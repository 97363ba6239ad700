package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.log.TestPostgres;
import io.annals.command.log.GroupCommitter;
import io.annals.command.log.LogLimits;
import io.annals.events.flow.FlowEvent;
import io.annals.events.log.EventCodec;
import io.annals.query.event.EventCounts;
import io.annals.query.event.EventLimits;
import io.annals.query.event.EventQueries;
import io.annals.query.request.ConfiguredChecks;
import io.annals.query.sql.DayPartitions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class EventRoutesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private HikariDataSource writer;
  private HikariDataSource reader;
  private GroupCommitter committer;
  private MockMvc http;

  @BeforeEach
  void start() throws Exception {
    String url = TestPostgres.freshDatabase();
    writer = TestPostgres.writer(url);
    reader = TestPostgres.reader(url);
    new DayPartitions(reader, "event_log_observed").createAhead(Instant.now(), 1);
    committer =
        new GroupCommitter(
            writer,
            new EventCodec(List.of(FlowEvent.class), List.of()),
            (connection, events) -> {},
            InstantSource.system(),
            LogLimits.DEFAULT,
            new SimpleMeterRegistry());
    http =
        MockMvcBuilders.standaloneSetup(
                new EventRoutes(
                    committer,
                    EventLimits.DEFAULT,
                    new EventQueries(reader),
                    new EventCounts(reader),
                    InstantSource.system()))
            .setCustomArgumentResolvers(new BodyResolver(ConfiguredChecks.NONE))
            .setControllerAdvice(new ErrorResponses())
            .addFilters(new RequestContextFilter())
            .setMessageConverters(
                new StringHttpMessageConverter(), new JacksonJsonHttpMessageConverter(JSON))
            .build();
  }

  @AfterEach
  void stop() {
    committer.close();
    writer.close();
    reader.close();
  }

  private MockHttpServletResponse post(String path, String body) throws Exception {
    return http.perform(
            MockMvcRequestBuilders.post(path).contentType(MediaType.APPLICATION_JSON).content(body))
        .andReturn()
        .getResponse();
  }

  private MockHttpServletResponse postEvents(int count) throws Exception {
    StringBuilder events = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      events
          .append(i == 0 ? "" : ",")
          .append("{\"occurred\":\"")
          .append(Instant.now().minusSeconds(i + 1L))
          .append("\",\"event\":\"e\",\"resource\":{\"prefect.resource.id\":\"r\"},\"id\":\"")
          .append(UUID.randomUUID())
          .append("\"}");
    }
    return post("/events", events.append("]").toString());
  }

  @Test
  void events_are_stored_before_they_are_answered_and_paged_by_links() throws Exception {
    assertThat(postEvents(5).getStatus()).isEqualTo(204);
    JsonNode first = JSON.readTree(post("/events/filter", "{\"limit\":2}").getContentAsString());
    assertThat(first.propertyNames()).containsExactly("events", "total", "next_page");
    assertThat(first.get("total").intValue()).isEqualTo(5);
    int pages = 1;
    JsonNode page = first;
    while (!page.get("next_page").isNull()) {
      URI next = URI.create(page.get("next_page").stringValue());
      assertThat(next.getPath()).isEqualTo("/api/events/filter/next");
      String token = next.getQuery().substring("page-token=".length());
      page =
          JSON.readTree(
              http.perform(
                      MockMvcRequestBuilders.get("/events/filter/next").param("page-token", token))
                  .andReturn()
                  .getResponse()
                  .getContentAsString());
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(page.get("events").size()).isEqualTo(1);
  }

  @Test
  void a_limit_of_zero_only_counts() throws Exception {
    postEvents(3);
    JsonNode page = JSON.readTree(post("/events/filter", "{\"limit\":0}").getContentAsString());
    assertThat(page.get("total").intValue()).isEqualTo(3);
    assertThat(page.get("events")).isEmpty();
  }

  @Test
  void a_foreign_page_token_is_forbidden() throws Exception {
    MockHttpServletResponse answer =
        http.perform(MockMvcRequestBuilders.get("/events/filter/next").param("page-token", "x"))
            .andReturn()
            .getResponse();
    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getContentAsString()).isEqualTo("{\"detail\":\"Forbidden\"}");
  }

  @Test
  void what_is_wrong_is_said_in_prefects_shape() throws Exception {
    MockHttpServletResponse answer = post("/events", "[{\"event\":\"e\"}]");
    assertThat(answer.getStatus()).isEqualTo(422);
    JsonNode body = JSON.readTree(answer.getContentAsString());
    assertThat(body.get("exception_message").stringValue()).isEqualTo("Invalid request received.");
    JsonNode first = body.get("exception_detail").get(0);
    assertThat(first.get("loc").toString()).isEqualTo("[\"body\",0,\"occurred\"]");
    assertThat(first.get("type").stringValue()).isEqualTo("missing");
    assertThat(post("/events/filter", "{\"filter\":{\"x\":1}}").getStatus()).isEqualTo(422);
    assertThat(post("/events/filter", "{\"limit\":51}").getStatus()).isEqualTo(422);
  }

  @Test
  void counts_are_lists_and_too_many_buckets_are_refused() throws Exception {
    postEvents(4);
    JsonNode counts =
        JSON.readTree(post("/events/count-by/event", "{\"filter\":{}}").getContentAsString());
    assertThat(counts.get(0).propertyNames())
        .containsExactly("value", "label", "count", "start_time", "end_time");
    assertThat(counts.get(0).get("count").intValue()).isEqualTo(4);
    MockHttpServletResponse tooMany =
        post("/events/count-by/time", "{\"filter\":{},\"time_unit\":\"minute\"}");
    assertThat(tooMany.getStatus()).isEqualTo(422);
    assertThat(tooMany.getContentAsString()).contains("buckets, which is too many");
  }
}
