package io.annals.command.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.log.EventCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Clients look schemas up by the checksum that they compute themselves: it must be the same. */
class SchemaFieldsTest {
  record Known(String slug, String checksum, ObjectNode fields) {
    @Override
    public String toString() {
      return slug;
    }
  }

  /** Every block that comes with Prefect 3.8.8, with the checksum of its client. */
  static List<Known> known() throws IOException {
    try (BufferedReader file =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    SchemaFieldsTest.class.getResourceAsStream("/block/checksums.jsonl")),
                StandardCharsets.UTF_8))) {
      return file.lines()
          .map(JsonMapper.shared()::readTree)
          .map(
              line ->
                  new Known(
                      line.path("slug").asString(),
                      line.path("checksum").asString(),
                      (ObjectNode) line.path("fields")))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("known")
  void the_checksum_is_the_one_that_prefects_client_computes(Known known) {
    assertThat(SchemaFields.checksum(known.fields())).isEqualTo(known.checksum());
  }

  /** Numbers become exact decimals when a stored event is read. */
  @ParameterizedTest
  @MethodSource("known")
  void the_checksum_outlives_the_log(Known known) {
    ObjectNode stored = (ObjectNode) EventCodec.JSON.readTree(known.fields().toString());
    assertThat(SchemaFields.checksum(stored)).isEqualTo(known.checksum());
  }

  /** As {@code json.dumps} of Python 3 prints them. */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.0, 1.0",
    "-0.0, -0.0",
    "0.1, 0.1",
    "100000.0, 100000.0",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.5e300, 1.5e+300",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-2.5E-7, -2.5e-07",
    "123456789012345678901234567890, 123456789012345678901234567890",
    "1e400, Infinity"
  })
  void numbers_are_written_as_python_does(String json, String python) {
    assertThat(PythonJson.text(JsonMapper.shared().readTree(json))).isEqualTo(python);
  }

  @Test
  void texts_are_written_as_python_does() {
    JsonNode value =
        JsonMapper.shared()
            .readTree(
                "{\"b\": \"\\u007f \\u00fc \\ud83d\\ude00 / \\\" \\\\ \\n"
                    + " \\u0001\", \"a\": [true, null, {}, []]}");
    assertThat(PythonJson.text(value))
        .isEqualTo(
            "{\"a\": [true, null, {}, []], \"b\": \"\\u007f \\u00fc \\ud83d\\ude00 / \\\" \\\\ \\n"
                + " \\u0001\"}");
  }

  @Test
  void keys_are_ordered_by_code_points() {
    JsonNode value =
        JsonMapper.shared().readTree("{\"\\ud83d\\ude00\": 1, \"\\uffee\": 2, \"a\": 3, \"\": 4}");
    assertThat(PythonJson.text(value))
        .isEqualTo("{\"\": 4, \"a\": 3, \"\\uffee\": 2, \"\\ud83d\\ude00\": 1}");
  }

  @Test
  void which_fields_are_secret_does_not_matter_inside_objects_only() {
    assertThat(checksum("{'a': {'secret_fields': ['x'], 'b': 1}, 'secret_fields': []}"))
        .isEqualTo(checksum("{'a': {'b': 1}}"));
    assertThat(checksum("{'a': [{'secret_fields': []}]}")).isNotEqualTo(checksum("{'a': [{}]}"));
  }

  @Test
  void definitions_of_blocks_and_of_what_nobody_refers_to_do_not_matter() {
    String plain =
        "'Point': {'type': 'object', 'x': {'$ref': '#/definitions/Unit'}}, 'Unit': {'enum': [1]}";
    String fields =
        "'properties': {'p': {'$ref': '#/definitions/Point'}, 'k': {'$ref': '#/definitions/Key'}}";
    assertThat(
            checksum(
                "{%s, 'definitions': {%s, 'Key': {'block_type_slug': 'key'}, 'Nobody': {'a': 1}}}"
                    .formatted(fields, plain)))
        .isEqualTo(checksum("{%s, 'definitions': {%s}}".formatted(fields, plain)));
    assertThat(
            checksum("{%s, 'definitions': {'Key': {'block_type_slug': 'key'}}}".formatted(fields)))
        .isEqualTo(checksum("{%s}".formatted(fields)));
  }

  @Test
  void definitions_that_refer_to_each_other_come_to_an_end() {
    String tree =
        "{'properties': {'t': {'$ref': '#/definitions/Tree'}}, 'definitions': {'Tree': {'kids':"
            + " {'$ref': '#/definitions/Tree'}}}}";
    assertThat(SchemaFields.stored(json(tree)).path("definitions").size()).isEqualTo(1);
  }

  @Test
  void references_to_other_blocks_are_stored_apart() {
    assertThat(SchemaFields.stored(json("{'title': 'A', 'block_schema_references': {'k': {}}}")))
        .isEqualTo(json("{'title': 'A'}"));
  }

  /** A rebuilt table must be the same to the last digit. */
  @Test
  void numbers_are_stored_as_a_replay_writes_them() {
    ObjectNode stored = SchemaFields.stored(json("{'a': 1e16, 'b': 1.0, 'c': 1e-7, 'd': 5}"));
    assertThat(EventCodec.JSON.readTree(stored.toString()).toString()).isEqualTo(stored.toString());
  }

  private static String checksum(String json) {
    return SchemaFields.checksum(json(json));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
