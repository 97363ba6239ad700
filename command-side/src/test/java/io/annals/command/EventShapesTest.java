package io.annals.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.Vocabulary;
import io.annals.events.log.EventCodec;
import io.annals.events.log.StoredAs;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What was stored once stays readable: each shape is a file, and files are never changed. */
class EventShapesTest {
  static Stream<Class<?>> events() {
    return Vocabulary.FEATURES.stream()
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
      JsonNode pinned = EventCodec.JSON.readTree(text);
      Object event = EventCodec.JSON.treeToValue(pinned, type);
      assertThat(EventCodec.JSON.readTree(EventCodec.JSON.writeValueAsString(event)))
          .isEqualTo(pinned);
    }
  }
}
