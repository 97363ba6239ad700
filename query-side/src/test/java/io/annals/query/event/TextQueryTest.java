package io.annals.query.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of Prefect's {@code text_search_parser}. */
class TextQueryTest {
  @Test
  void words_are_alternatives_and_signs_require_or_exclude() {
    assertThat(TextQuery.of("One two -three !four +five"))
        .isEqualTo(new TextQuery(List.of("one", "two"), List.of("three", "four"), List.of("five")));
  }

  @Test
  void a_backslash_means_something_within_quotes_only() {
    assertThat(including("C:\\temp")).containsExactly("c:\\temp");
    assertThat(including("\"\\d+\"")).containsExactly("\\d+");
    assertThat(including("\"say \\\"a\\\\b\\\"\"")).containsExactly("say \"a\\b\"");
  }

  @Test
  void a_quote_ends_a_word_and_begins_a_phrase() {
    assertThat(including("user=\"bob smith\"tail")).containsExactly("user=", "bob smith", "tail");
    assertThat(including("\"not closed")).containsExactly("not closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "- + !", "\"\"", "\" \"", "-\" \""})
  void nothing_to_look_for_is_found_everywhere(String query) {
    assertThat(TextQuery.of(query)).isEqualTo(new TextQuery(List.of(), List.of(), List.of()));
    assertThat(TextQuery.of(query).matches("anything")).isTrue();
  }

  private static List<String> including(String query) {
    return TextQuery.of(query).include();
  }
}
