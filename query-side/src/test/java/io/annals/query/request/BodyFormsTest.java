package io.annals.query.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are missing, or are no objects: what FastAPI makes of them. */
class BodyFormsTest {
  @IgnoresUnknownKeys
  record ByKey(String name, @Default("7") int size) {}

  @IgnoresUnknownKeys
  record AllOptional(@Nullable String name, @Default("7") int size) {}

  record Whole(String name, @Default("7") int size) {}

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private static InvalidRequest refused(Class<? extends Record> type, String body) {
    return catchThrowableOfType(InvalidRequest.class, () -> RequestReader.read(type, bytes(body)));
  }

  private static List<String> places(InvalidRequest refusal) {
    return refusal.problems().stream().map(problem -> problem.type() + problem.loc()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null"})
  void without_a_body_each_needed_key_is_missing(String none) {
    InvalidRequest refusal = refused(ByKey.class, none);
    assertThat(places(refusal)).containsExactly("missing[body, name]");
    assertThat(refusal.body() == null || refusal.body().isNull()).isTrue();
    assertThat(RequestReader.read(AllOptional.class, bytes(none)))
        .isEqualTo(new AllOptional(null, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1]", "1", "\"x\"", "true"})
  void a_body_without_keys_has_none_of_them(String body) {
    assertThat(places(refused(ByKey.class, body)))
        .containsExactly("missing[body, name]", "missing[body, size]");
    assertThat(places(refused(AllOptional.class, body)))
        .containsExactly("missing[body, name]", "missing[body, size]");
  }

  @Test
  void an_object_to_create_has_to_be_there_and_to_be_one() {
    assertThat(places(refused(Whole.class, ""))).containsExactly("missing[body]");
    assertThat(places(refused(Whole.class, "null"))).containsExactly("missing[body]");
    assertThat(places(refused(Whole.class, "[]"))).containsExactly("model_attributes_type[body]");
    assertThat(places(refused(Whole.class, "{}"))).containsExactly("missing[body, name]");
  }

  @Test
  void a_text_is_as_good_as_no_body_where_keys_count() {
    assertThat(RequestReader.readText(AllOptional.class, "x")).isEqualTo(new AllOptional(null, 7));
    assertThat(
            places(
                catchThrowableOfType(
                    InvalidRequest.class, () -> RequestReader.readText(Whole.class, "x"))))
        .containsExactly("model_attributes_type[body]");
  }

  @Test
  void a_list_has_to_be_there_and_to_be_one() {
    for (String none : List.of("", "null")) {
      assertThat(
              places(
                  catchThrowableOfType(
                      InvalidRequest.class,
                      () ->
                          RequestReader.readList(Whole.class, bytes(none), ConfiguredChecks.NONE))))
          .containsExactly("missing[body]");
    }
    assertThat(
            places(
                catchThrowableOfType(
                    InvalidRequest.class,
                    () -> RequestReader.readList(Whole.class, bytes("{}"), ConfiguredChecks.NONE))))
        .containsExactly("list_type[body]");
  }
}
