package io.annals.command.parameter;

import static io.annals.command.flowrun.FlowRunFixture.json;
import static io.annals.command.flowrun.FlowRunFixture.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.command.parameter.HydratedForm.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HydrationTest {
  private final Hydration hydration =
      new Hydration(
          name -> name.equals("region") ? Optional.of(json("{\"eu\":1}")) : Optional.empty());

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
          {"a":{"__prefect_kind":"jinja","template":"{{ 1 + 1 }}!"}} | {"a":"2!"}
          {"a":{"__prefect_kind":"json","value":{"__prefect_kind":"jinja","template":"{{ [1, 2] }}"}}} | {"a":[1,2]}
          {"a":{"__prefect_kind":"jinja","template":{"__prefect_kind":"json"}},"b":1} | {"b":1}
          {"a":{"__prefect_kind":"workspace_variable","variable_name":"region"}} | {"a":{"eu":1}}
          {"a":{"__prefect_kind":"workspace_variable"},"b":1}     | {"b":1}
          """)
  void values_become_what_they_stand_for(String given, String expected) throws Exception {
    assertThat(hydration.of(object(given))).isEqualTo(json(expected));
  }

  @Test
  void text_that_is_no_json_is_refused() {
    assertThatThrownBy(
            () -> hydration.of(object("{\"a\":{\"__prefect_kind\":\"json\",\"value\":\"{\"}}")))
        .isInstanceOf(HydrationException.class)
        .hasMessageStartingWith("Invalid JSON: ");
  }

  @Test
  void a_kind_that_needs_a_value_says_so() {
    assertThatThrownBy(() -> hydration.of(object("{\"a\":{\"__prefect_kind\":\"none\"}}")))
        .hasMessage("Missing 'value' key in __prefect object");
  }

  @Test
  void a_broken_template_is_refused() {
    assertThatThrownBy(
            () ->
                hydration.of(object("{\"a\":{\"__prefect_kind\":\"jinja\",\"template\":\"{%\"}}")))
        .hasMessage("Invalid jinja: tag name expected");
    assertThatThrownBy(() -> hydration.of(object("{\"a\":{\"__prefect_kind\":\"jinja\"}}")))
        .hasMessage("Missing 'template' key in __prefect object");
  }

  @Test
  void a_template_that_fails_is_refused() {
    assertThatThrownBy(
            () ->
                hydration.of(
                    object("{\"a\":{\"__prefect_kind\":\"jinja\",\"template\":\"{{ 1 / 0 }}\"}}")))
        .hasMessage(
            "Invalid jinja: Failed to render template due to the following error:"
                + " ZeroDivisionError('division by zero')");
  }

  @Test
  void a_form_is_told_where_values_are_wrong_and_where_nothing_is_known_yet() {
    HydratedForm form =
        hydration.form(
            object(
                """
                {"a": {"__prefect_kind": "jinja", "template": "{{ 1 / 0 }}"},
                 "b": [{"__prefect_kind": "json"}, {"__prefect_kind": "none"}],
                 "c": {"d": {"__prefect_kind": "jinja", "template": "{% x %}"}},
                 "e": {"__prefect_kind": "json", "value":
                          {"__prefect_kind": "workspace_variable", "variable_name": "nope"}}}
                """));
    assertThat(form.value())
        .isEqualTo(json("{\"a\":null,\"b\":[null],\"c\":{\"d\":null},\"e\":null}"));
    assertThat(form.problems())
        .containsExactly(
            new Problem(List.of("b", 0), "Missing 'value' key in __prefect object"),
            new Problem(List.of("c", "d"), "Invalid jinja: Encountered unknown tag 'x'."),
            new Problem(List.of("e"), "Variable 'nope' not found in workspace."));
    assertThat(form.open())
        .containsExactly(List.of("a"), List.of("b", 0), List.of("c", "d"), List.of("e"));
  }

  @Test
  void a_variable_that_is_not_there_is_refused() {
    assertThatThrownBy(
            () ->
                hydration.of(
                    object(
                        "{\"a\":{\"__prefect_kind\":\"workspace_variable\",\"variable_name\":\"x\"}}")))
        .hasMessage("Variable 'x' not found in workspace.");
  }
}
