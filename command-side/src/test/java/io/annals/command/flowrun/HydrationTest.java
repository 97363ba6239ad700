package io.annals.command.flowrun;

import static io.annals.command.flowrun.FlowRunFixture.json;
import static io.annals.command.flowrun.FlowRunFixture.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HydrationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1,"b":[{"c":null}]}                                | {"a":1,"b":[{"c":null}]}
          {"a":{"__prefect_kind":"json","value":"[1,2]"}}         | {"a":[1,2]}
          {"a":{"__prefect_kind":"json","value":7}}               | {"a":7}
          {"a":{"__prefect_kind":"json"},"b":1}                   | {"b":1}
          {"a":[1,{"__prefect_kind":"json"}]}                     | {"a":[1]}
          {"__prefect_kind":"json"}                               | {}
          {"a":{"__prefect_kind":"none","value":{"b":1}}}         | {"a":{"b":1}}
          {"a":{"__prefect_kind":null,"value":"text"}}            | {"a":"text"}
          {"a":{"__prefect_kind":"unheard of"}}                   | {"a":null}
          {"a":{"__prefect_kind":"json","value":{"__prefect_kind":"none","value":"3"}}} | {"a":3}
          """)
  void values_become_what_they_stand_for(String given, String expected) throws Exception {
    assertThat(Hydration.of(object(given))).isEqualTo(json(expected));
  }

  @Test
  void text_that_is_no_json_is_refused() {
    assertThatThrownBy(
            () -> Hydration.of(object("{\"a\":{\"__prefect_kind\":\"json\",\"value\":\"{\"}}")))
        .isInstanceOf(Hydration.Failed.class)
        .hasMessageStartingWith("Invalid JSON: ");
  }

  @Test
  void a_kind_that_needs_a_value_says_so() {
    assertThatThrownBy(() -> Hydration.of(object("{\"a\":{\"__prefect_kind\":\"none\"}}")))
        .hasMessage("Missing 'value' key in __prefect object");
  }

  @Test
  void templates_are_refused_rather_than_passed_on() {
    assertThatThrownBy(
            () ->
                Hydration.of(
                    object("{\"a\":{\"__prefect_kind\":\"jinja\",\"template\":\"{{ x }}\"}}")))
        .hasMessage("Values of kind 'jinja' cannot be resolved here.");
  }
}
