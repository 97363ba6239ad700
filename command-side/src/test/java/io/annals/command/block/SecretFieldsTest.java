package io.annals.command.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.block.SecretFields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SecretFieldsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a       | {'a': 's', 'b': 's'}                    | {'a': '********', 'b': 's'}",
        "a       | {'a': 5}                                | {'a': '********'}",
        "a       | {'a': null}                             | {'a': null}",
        "a       | {'a': ['s']}                            | {'a': '********'}",
        "a       | {'a': {'b': 's'}}                       | {'a': {'b': 's'}}",
        "a       | {'a': {}}                               | {'a': '********'}",
        "a       | {}                                      | {}",
        "a.b     | {'a': {'b': 's', 'c': 't'}}             | {'a': {'b': '********', 'c': 't'}}",
        "a.b     | {'a': [{'b': 's'}]}                     | {'a': [{'b': 's'}]}",
        "a.*     | {'a': {'b': 's', 'c': {'d': 1}}, 'e': 2}| {'a': {'b': '********', 'c': {'d':"
            + " '********'}}, 'e': 2}",
        "a.*     | {'a': {'b': null}}                      | {'a': {'b': '********'}}",
        "a.*     | {'a': 's'}                              | {'a': '********'}",
        "a.*.b   | {'a': {'x': {'b': 's', 'c': 't'}}}      | {'a': {'x': {'b': '********', 'c':"
            + " '********'}}}",
        "*       | {'a': {'b': 's'}, 'c': 1}               | {'a': {'b': '********'}, 'c':"
            + " '********'}",
      })
  void secrets_are_shown_as_stars(String path, String data, String shown) {
    assertThat(new SecretFields(List.of(path)).obfuscated(json(data))).isEqualTo(json(shown));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a   | {'a': '********'}             | {'a': 's'}           | {'a': 's'}",
        "a   | {'a': 'new'}                  | {'a': 's'}           | {'a': 'new'}",
        "a   | {'a': '********'}             | {}                   | {'a': '********'}",
        "a   | {'b': '********'}             | {'b': 's'}           | {'b': '********'}",
        "a.b | {'a': {'b': '********'}}      | {'a': {'b': 5}}      | {'a': {'b': 5}}",
        "a.* | {'a': {'b': '********', 'c': 'n'}} | {'a': {'b': 's', 'c': 't'}} | {'a': {'b': 's',"
            + " 'c': 'n'}}",
        "a.* | {'a': {'new': '********'}}    | {'a': {'b': 's'}}    | {'a': {'new': '********'}}",
        "a.* | {'a': '********'}             | {'a': 's'}           | {'a': 's'}",
      })
  void stars_that_come_back_mean_what_is_stored(
      String path, String sent, String stored, String meant) {
    assertThat(new SecretFields(List.of(path)).restored(json(sent), json(stored)))
        .isEqualTo(json(meant));
  }

  @Test
  void what_is_given_stays_as_it_is() {
    ObjectNode data = json("{'a': {'b': 's'}}");
    new SecretFields(List.of("a.*")).obfuscated(data);
    assertThat(data).isEqualTo(json("{'a': {'b': 's'}}"));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
