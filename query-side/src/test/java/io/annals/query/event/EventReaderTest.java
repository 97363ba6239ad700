package io.annals.query.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.annals.events.log.Face;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EventReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final EventReader READER = new EventReader(new EventLimits(400, 2, 3, 10));

  private static String event(String name, String resource, String related) {
    return "{\"occurred\":\"2026-01-01T01:00:00.1234567+01:00\",\"event\":\""
        + name
        + "\",\"resource\":"
        + resource
        + ",\"related\":"
        + related
        + ",\"payload\":{},\"id\":\"00000000-0000-0000-0000-000000000001\",\"unknown\":1}";
  }

  private static final String GOOD = "{\"prefect.resource.id\":\"r\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          xxxxxxxxxxx|{"prefect.resource.id":"r"}|[]|Value error, Event name must be at most 10 characters
          x|{}|[]|Value error, Resources must include the prefect.resource.id label
          x|{"prefect.resource.id":""}|[]|Value error, The prefect.resource.id label must be non-empty
          x|{"prefect.resource.id":"r","a":"","b":"","c":""}|[]|Value error, The maximum number of labels per resource is 3
          x|{"prefect.resource.id":"r"}|[{"prefect.resource.id":"r"}]|Value error, Related Resources must include the prefect.resource.role label
          x|{"prefect.resource.id":"r"}|[1,2,3]|Value error, The maximum number of related resources is 2
          x|{"prefect.resource.id":1}|[]|Input should be a valid string
          x|[]|[]|Input should be a valid dictionary
          """)
  void a_broken_limit_is_named_in_prefects_words(
      String name, String resource, String related, String message) {
    InvalidEventException refusal =
        catchThrowableOfType(
            InvalidEventException.class, () -> READER.one(event(name, resource, related)));
    assertThat(refusal.problems()).extracting(EventProblem::msg).containsExactly(message);
  }

  @Test
  void moments_are_kept_in_utc_to_the_microsecond() {
    assertThat(READER.one(event("x", GOOD, "[]")).occurred())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
  }

  @Test
  void what_cannot_be_stored_is_left_out() {
    Face face = READER.one(event("a\\u0000b\\ud800", GOOD, "[]"));
    assertThat(face.event()).isEqualTo("ab\uFFFD");
  }

  @Test
  void a_list_with_one_bad_event_is_refused_and_says_which() {
    InvalidEventException refusal =
        catchThrowableOfType(
            InvalidEventException.class,
            () -> READER.list(JSON.readTree("[" + event("x", GOOD, "[]") + ",{}]")));
    assertThat(refusal.problems().getFirst().loc()).containsExactly(1, "occurred");
  }

  @Test
  void an_event_of_a_list_that_is_too_large_is_left_out() {
    String large = "{\"prefect.resource.id\":\"" + "r".repeat(400) + "\"}";
    assertThat(
            READER.list(
                JSON.readTree("[" + event("x", large, "[]") + "," + event("y", GOOD, "[]") + "]")))
        .extracting(Face::event)
        .containsExactly("y");
  }
}
