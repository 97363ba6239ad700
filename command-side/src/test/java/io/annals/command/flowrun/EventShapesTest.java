package io.annals.command.flowrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.annals.events.flow.FlowEvent;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.log.StoredAs;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What was stored once stays readable: each shape is a file, and files are never changed. */
class EventShapesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  static Stream<Class<?>> events() {
    return Stream.of(FlowEvent.class, FlowRunEvent.class)
        .flatMap(feature -> Stream.of(feature.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_read_from_its_file_and_written_back_identically(Class<?> type)
      throws IOException {
    StoredAs stored = Objects.requireNonNull(type.getAnnotation(StoredAs.class));
    String file = "/events/" + stored.value() + "/v" + stored.revision() + ".json";
    try (InputStream text =
        Objects.requireNonNull(EventShapesTest.class.getResourceAsStream(file), file)) {
      JsonNode pinned = JSON.readTree(text);
      Object event = JSON.treeToValue(pinned, type);
      assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(pinned);
    }
  }
}
