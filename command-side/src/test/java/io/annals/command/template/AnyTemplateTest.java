package io.annals.command.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a template says, it is rendered or refused with a reason: nothing else is thrown. */
class AnyTemplateTest {
  private static final int TEMPLATES = 20_000;
  private static final long SEED = 20261126;
  private static final int MAX_PIECES = 3;
  private static final int MAX_DEPTH = 2;
  private static final List<String> VALUES =
      List.of(
          "1",
          "0",
          "-2",
          "10 ** 30",
          "1.5",
          "1e308",
          "'a'",
          "''",
          "'%s %d %5.2f %c'",
          "'{} {0.a:>5}'",
          "true",
          "none",
          "[]",
          "[1, 'a', none]",
          "(1,)",
          "()",
          "{}",
          "{'a': [1]}",
          "range(3)",
          "missing",
          "namespace(a=1)",
          "cycler(1)",
          "joiner()",
          "loop",
          "x",
          "'é😀'",
          "('<'|e)",
          "dict",
          "x.items()");
  private static final List<String> OPERATORS =
      List.of(
          " + ",
          " - ",
          " * ",
          " / ",
          " // ",
          " % ",
          " ** ",
          " ~ ",
          " < ",
          " == ",
          " in ",
          " not in ",
          " and ",
          " or ",
          ", ",
          " if ");
  private static final List<String> BROKEN =
      List.of(
          "{{ ( ",
          "{% endif %}",
          "{% for %}",
          "{{ 1 | }}",
          "{# ",
          "{{ 'a ",
          "{% if %}",
          "{{ [1 }}",
          "{{ $ }}",
          "{% x %}");

  private final Random random = new Random(SEED);

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String value() {
    return value(MAX_DEPTH);
  }

  private String value(int depth) {
    if (depth == 0) {
      return any(VALUES);
    }
    String inner = "(" + value(depth - 1) + ")";
    return switch (random.nextInt(7)) {
      case 0 -> inner + "|" + any(filters()) + arguments(depth - 1);
      case 1 -> inner + " is " + any(tests()) + arguments(depth - 1);
      case 2 -> inner + "[" + value(depth - 1) + (random.nextBoolean() ? ":" : "") + "]";
      case 3 -> inner + "." + any(METHODS) + arguments(depth - 1);
      case 4 -> inner + any(OPERATORS) + value(depth - 1);
      default -> inner;
    };
  }

  private String arguments(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> "(" + value(depth) + ")";
      case 1 -> "(" + value(depth) + ", " + value(depth) + ")";
      case 2 -> "(attribute=" + value(depth) + ")";
      default -> random.nextBoolean() ? "()" : "";
    };
  }

  private static final List<String> METHODS =
      List.of(
          "upper",
          "split",
          "rsplit",
          "replace",
          "center",
          "zfill",
          "format",
          "join",
          "startswith",
          "index",
          "count",
          "partition",
          "strip",
          "splitlines",
          "get",
          "keys",
          "items",
          "append",
          "a",
          "is_integer",
          "next",
          "title",
          "find",
          "ljust",
          "removeprefix");

  private static List<String> filters() {
    return Filters.BY_NAME.keySet().stream().sorted().toList();
  }

  private static List<String> tests() {
    return Tests.BY_NAME.keySet().stream().sorted().filter(name -> name.matches("\\w+")).toList();
  }

  private String template() {
    StringBuilder template = new StringBuilder();
    for (int piece = random.nextInt(MAX_PIECES); piece >= 0; piece--) {
      String value = "{{ " + value() + " }}";
      template.append(
          switch (random.nextInt(8)) {
            case 0 -> "{% for x in " + value() + " %}" + value + "{% endfor %}";
            case 1 -> "{% set x = " + value() + " %}";
            case 2 -> "{% if " + value() + " %}" + value + "{% endif %}";
            case 3 ->
                "{% macro x(a, b="
                    + value()
                    + ") %}"
                    + value
                    + "{% endmacro %}{{ x"
                    + arguments(1)
                    + " }}";
            case 4 -> any(BROKEN) + value;
            default -> value;
          });
    }
    return template.toString();
  }

  @Test
  void a_template_is_rendered_or_refused() {
    List<String> thrown = new ArrayList<>();
    int rendered = 0;
    for (int number = 0; number < TEMPLATES; number++) {
      String template = template();
      try {
        Template.of(template).render();
        rendered++;
      } catch (BrokenTemplateException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      } catch (RuntimeException other) { // what is looked for
        thrown.add(
            template
                + "\n  "
                + other
                + "\n  "
                + List.of(other.getStackTrace()).stream().limit(4).toList());
      }
    }
    assertThat(thrown).isEmpty();
    assertThat(rendered).isGreaterThan(TEMPLATES / 20);
  }
}
