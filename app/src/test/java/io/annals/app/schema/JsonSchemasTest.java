package io.annals.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.schema.JudgeJson.Fit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The words are those of python-jsonschema 4.26, which Prefect 3.8.8 runs on. */
class JsonSchemasTest {
  private final JsonSchemas schemas = new JsonSchemas();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"integer"}                                     | "a"              |       | 'a' is not of type 'integer'
          {"type":["integer","null"]}                            | "a"              |       | 'a' is not of type 'integer', 'null'
          {"required":["x","y"]}                                 | {}               |       | 'x' is a required property
          {"enum":["a",1]}                                       | "b"              |       | 'b' is not one of ['a', 1]
          {"const":"a"}                                          | "b"              |       | 'a' was expected
          {"minimum":1}                                          | 0                |       | 0 is less than the minimum of 1
          {"exclusiveMaximum":1}                                 | 1                |       | 1 is greater than or equal to the maximum of 1
          {"multipleOf":2}                                       | 3                |       | 3 is not a multiple of 2
          {"minLength":1}                                        | ""               |       | '' should be non-empty
          {"minLength":2}                                        | "a"              |       | 'a' is too short
          {"maxItems":1}                                         | [1,2]            |       | [1, 2] is too long
          {"pattern":"^a$"}                                      | "b"              |       | 'b' does not match '^a$'
          {"uniqueItems":true}                                   | [1,1]            |       | [1, 1] has non-unique elements
          {"properties":{},"additionalProperties":false}         | {"b":1,"a":2}    |       | Additional properties are not allowed ('a', 'b' were unexpected)
          {"anyOf":[{"type":"integer"},{"type":"null"}]}         | "a"              |       | 'a' is not valid under any of the given schemas
          {"anyOf":[{"type":"integer","minimum":2},{"type":"null"}]} | 1            |       | 1 is less than the minimum of 2
          {"properties":{"a":{"items":{"type":"integer"}}}}      | {"a":[1,"x"]}    | a[1]  | 'x' is not of type 'integer'
          {"properties":{"a":{"$ref":"#/definitions/A"}},"definitions":{"A":{"type":"object"}}} | {"a":1} | a | 1 is not of type 'object'
          {"properties":{"a-b":{"type":"integer"}}}              | {"a-b":"x"}      | $['a-b'] | 'x' is not of type 'integer'
          {"properties":{"a":{"properties":{"b":{"type":"integer"}}},"c":{"type":"integer"}}} | {"a":{"b":"x"},"c":"y"} | c | 'y' is not of type 'integer'
          """)
  void the_error_that_says_most_is_told(String schema, String value, String field, String reason) {
    assertThat(schemas.judge(json(schema), json(value))).isEqualTo(new Fit.Differs(field, reason));
  }

  @Test
  void what_fits_fits() {
    assertThat(schemas.judge(json("{\"type\":\"integer\"}"), json("1"))).isEqualTo(new Fit.Fits());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"nonsense"}                          | 'nonsense' is not valid under any of the given schemas
          {"minProperties":"x"}                        | 'x' is not of type 'integer'
          {"properties":{"a":{"type":"nonsense"}}}     | 'nonsense' is not valid under any of the given schemas
          {"properties":{"a":{"pattern":"("}}}         | '(' is not a 'regex'
          {"properties":[]}                            | [] is not of type 'object'
          {"required":"a"}                             | 'a' is not of type 'array'
          """)
  void a_schema_has_to_be_one(String schema, String flaw) {
    assertThat(schemas.of(json(schema))).contains(flaw);
  }

  @Test
  void a_schema_that_is_one_has_no_flaw() {
    assertThat(schemas.of(json("{\"type\":\"object\"}"))).isEmpty();
    assertThat(schemas.of(json("{\"properties\":{\"a\":{\"pattern\":\"^x$\"}}}"))).isEmpty();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
