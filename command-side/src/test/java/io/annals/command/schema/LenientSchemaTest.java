package io.annals.command.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LenientSchemaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"properties":{"a":{"type":"string"}}}                           | {"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}
          {"properties":{"a":{"type":"string"}},"required":["a"]}          | {"properties":{"a":{"type":"string"}},"required":["a"]}
          {"properties":{"a":{"type":"string","default":"x"}}}             | {"properties":{"a":{"type":"string","default":"x"}}}
          {"properties":{"a":{"type":"null"}}}                             | {"properties":{"a":{"type":"null"}}}
          {"properties":{"a":{"items":[{"type":"string"}]}}}               | {"properties":{"a":{"prefixItems":[{"type":"string"}]}}}
          {"properties":{"a":{"properties":{"b":{"type":"integer"}}}}}     | {"properties":{"a":{"properties":{"b":{"anyOf":[{"type":"integer"},{"type":"null"}]}}}}}
          {"definitions":{"A":{"properties":{"b":{"type":"integer"}}}}}    | {"definitions":{"A":{"properties":{"b":{"anyOf":[{"type":"integer"},{"type":"null"}]}}}}}
          """)
  void what_is_optional_may_be_null_and_tuples_are_lists_of_schemas(String given, String lenient) {
    assertThat(LenientSchema.of(json(given), false)).isEqualTo(json(lenient));
  }

  @Test
  void null_may_stand_in_for_a_default() {
    JsonNode given = json("{\"properties\":{\"a\":{\"type\":\"string\",\"default\":\"x\"}}}");
    assertThat(LenientSchema.of(given, true))
        .isEqualTo(
            json(
                "{\"properties\":{\"a\":{\"default\":\"x\",\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}}}"));
  }

  @Test
  void a_block_may_be_referred_to_by_its_id() {
    JsonNode given =
        json(
            "{\"definitions\":{\"Key\":{\"title\":\"Key\",\"block_type_slug\":\"key\",\"type\":\"object\"}}}");
    JsonNode forms = LenientSchema.of(given, false).at("/definitions/Key/oneOf");
    assertThat(forms.get(0)).isEqualTo(given.at("/definitions/Key"));
    assertThat(forms.get(1).path("required")).isEqualTo(json("[\"$ref\"]"));
  }

  @Test
  void nothing_is_required_at_any_depth_and_the_schema_stays_as_it_is() {
    JsonNode given = json("{\"required\":[\"a\"],\"properties\":{\"a\":{\"required\":[\"b\"]}}}");
    assertThat(LenientSchema.withoutRequired(given)).isEqualTo(json("{\"properties\":{\"a\":{}}}"));
    assertThat(given.has("required")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":[1,2.5,null,true,false]} | {'a': [1, 2.5, None, True, False]}
          "it's"                        | "it's"
          "say \\"it's\\""              | 'say "it\\'s"'
          """)
  void values_are_written_as_python_writes_them(String given, String written) {
    assertThat(PythonText.of(json(given))).isEqualTo(written);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
