package io.annals.app.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.command.parameter.Hydration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** What Prefect's server answered to the same questions. */
class FormJudgeTest {
  private final FormJudge judge =
      new FormJudge(
          new Hydration(
              name -> name.equals("limit") ? Optional.of(IntNode.valueOf(7)) : Optional.empty()),
          new JsonSchemas());

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  private JsonNode errors(String property, String value) {
    return judge
        .judge(json("{\"properties\":{\"a\":" + property + "}}"), json("{\"a\":" + value + "}"))
        .get("errors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"integer","default":1}           | "x"     | 'x' is not of type 'integer'
          {"minimum":3}                            | 2       | 2 is less than the minimum of 3
          {"exclusiveMaximum":10}                  | 11      | 11 is greater than or equal to the maximum of 10
          {"multipleOf":2}                         | 1.5     | 1.5 is not a multiple of 2
          {"minLength":2}                          | "y"     | 'y' is too short
          {"minLength":1}                          | ""      | '' should be non-empty
          {"pattern":"^x"}                         | "y"     | 'y' does not match '^x'
          {"enum":["p",1]}                         | "r"     | 'r' is not one of ['p', 1]
          {"const":5}                              | 6       | 5 was expected
          {"anyOf":[{"type":"integer"},{"type":"boolean"}]} | "no" | 'no' is not valid under any of the given schemas
          {"type":"string"}                        | 1       | 1 is not valid under any of the given schemas
          {"uniqueItems":true}                     | [1,1]   | [1, 1] has non-unique elements
          {"maxItems":1}                           | [1,2]   | [1, 2] is too long
          {"minItems":1}                           | []      | [] should be non-empty
          {"maxProperties":0}                      | {"q":1} | {'q': 1} is expected to be empty
          {"not":{"type":"string"}}                | "s"     | 's' should not be valid under {'type': 'string'}
          {"type":"string","default":"","format":"uuid"} | "nope" | 'nope' is not a 'uuid'
          """)
  void errors_are_worded_as_prefect_words_them(String property, String value, String message) {
    assertThat(errors(property, value).toString())
        .isEqualTo(
            JsonMapper.shared()
                .createArrayNode()
                .add(
                    JsonMapper.shared()
                        .createObjectNode()
                        .put("property", "a")
                        .set("errors", JsonMapper.shared().createArrayNode().add(message)))
                .toString());
  }

  @Test
  void a_value_that_is_missing_is_an_error_of_its_own() {
    assertThat(
            judge.judge(
                json("{\"required\":[\"a\",\"b\"],\"properties\":{\"a\":{},\"b\":{}}}"),
                json("{}")))
        .isEqualTo(
            json(
                """
                {"errors": [{"property": "a", "errors": ["'a' is a required property"]},
                            {"property": "b", "errors": ["'b' is a required property"]}],
                 "valid": false}
                """));
  }

  @Test
  void errors_are_nested_as_the_values_are() {
    ObjectNode schema =
        json(
            """
            {"properties": {"c": {"type": "array", "items": {"type": "object",
                "properties": {"d": {"enum": ["p", "q"]}}, "required": ["d"],
                "additionalProperties": false}}}}
            """);
    assertThat(
            judge.judge(
                schema,
                json("{\"c\":[{\"d\":\"p\"},{\"d\":\"r\"},{\"d\":\"q\",\"u\":1,\"v\":2}]}")))
        .isEqualTo(
            json(
                """
                {"errors": [{"property": "c", "errors": [
                    {"index": 1, "errors": [{"property": "d",
                        "errors": ["'r' is not one of ['p', 'q']"]}]},
                    {"index": 2, "errors": ["Additional properties are not allowed ('u', 'v' were unexpected)"]}]}],
                 "valid": false}
                """));
  }

  @Test
  void an_optional_value_may_be_null() {
    assertThat(errors("{\"type\":\"integer\"}", "null")).isEmpty();
  }

  @Test
  void values_are_what_they_stand_for() {
    String integer = "{\"type\":\"integer\",\"default\":1}";
    assertThat(errors(integer, "{\"__prefect_kind\":\"json\",\"value\":\"3\"}")).isEmpty();
    assertThat(errors(integer, "{\"__prefect_kind\":\"json\",\"value\":\"true\"}").toString())
        .contains("True is not of type 'integer'");
    assertThat(
            errors(
                integer, "{\"__prefect_kind\":\"workspace_variable\",\"variable_name\":\"limit\"}"))
        .isEmpty();
    assertThat(errors(integer, "{\"__prefect_kind\":\"jinja\",\"template\":\"{{ x }}\"}"))
        .isEmpty();
  }

  @Test
  void a_value_that_stands_for_nothing_has_this_one_error() {
    String integer = "{\"type\":\"integer\",\"default\":1}";
    assertThat(
            errors(
                    integer,
                    "{\"__prefect_kind\":\"workspace_variable\",\"variable_name\":\"nope\"}")
                .toString())
        .isEqualTo(
            "[{\"property\":\"a\",\"errors\":[\"Variable 'nope' not found in workspace.\"]}]");
    assertThat(errors(integer, "{\"__prefect_kind\":\"none\"}").toString())
        .contains("Missing 'value' key in __prefect object");
  }

  @Test
  void a_schema_that_is_none_is_refused() {
    assertThatThrownBy(() -> judge.judge(json("{\"type\":\"nope\"}"), json("{}")))
        .hasMessage("Invalid schema: 'nope' is not valid under any of the given schemas");
    assertThatThrownBy(() -> judge.judge(json("{\"minProperties\":\"x\"}"), json("{}")))
        .hasMessage("Invalid schema: 'x' is not of type 'integer'");
  }

  @Test
  void a_schema_that_refers_to_itself_without_end_is_refused() {
    assertThatThrownBy(
            () ->
                judge.judge(
                    json(
                        """
                        {"properties": {"a": {"$ref": "#/definitions/X"}},
                         "definitions": {"X": {"$ref": "#/definitions/X"}}}
                        """),
                    json("{\"a\": 1}")))
        .hasMessage("Invalid schema: Unable to validate schema with circular references.");
  }

  @Test
  void a_reference_to_nowhere_is_refused() {
    assertThatThrownBy(
            () ->
                judge.judge(
                    json("{\"properties\":{\"a\":{\"$ref\":\"#/definitions/Missing\"}}}"),
                    json("{\"a\":1}")))
        .hasMessageStartingWith("Invalid schema: Validation failed. Failure reason: ");
  }
}
