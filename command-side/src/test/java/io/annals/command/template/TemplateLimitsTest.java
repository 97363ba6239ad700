package io.annals.command.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No template keeps the server busy, fills its memory or reaches anything but its values. */
@Timeout(30)
class TemplateLimitsTest {
  /** Generous, because the machine may be busy; without limits these take hours, or all memory. */
  private static final Duration SOON = Duration.ofSeconds(10);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'a' * 10 ** 9 }}",
        "{{ [1] * 10 ** 9 }}",
        "{{ 'ab'.center(10 ** 9) }}",
        "{{ 'a'.zfill(10 ** 9) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%.1000000000f' % 1 }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ 'a' | indent(10 ** 9) }}",
        "{{ 'a' | center(10 ** 9) }}",
        "{{ [] | slice(10 ** 9) | list }}",
        "{{ [1] | batch(10 ** 9, 0) | list }}",
        "{{ ['b'] | tojson(10 ** 9) }}",
        "{{ 'a'.replace('', 'b' * 1000000) }}",
        "{{ ('b' * 900000).join('a' * 100000) }}",
      })
  void what_would_be_too_big_is_not_made(String template) {
    assertFailsSoon(template, "OverflowError('Value too big.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 2 ** (10 ** 9) }}",
        "{{ 2 ** (10 ** 30) }}",
        "{% set n = namespace(i=10) %}{% for a in range(100) %}{% set n.i = n.i * n.i %}{% endfor %}",
      })
  void integers_have_a_size(String template) {
    assertFailsSoon(template, "OverflowError('Number too big.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A list that holds itself twice, thirty times over: a few names, a thousand million items.
        "{% set n = namespace(l=[1]) %}{% for a in range(30) %}{% set n.l = [n.l, n.l] %}{% endfor %}"
            + "{{ n.l }}",
        "{% set n = namespace(l=[1], m=[1]) %}{% for a in range(30) %}{% set n.l = [n.l, n.l] %}"
            + "{% set n.m = [n.m, n.m] %}{% endfor %}{{ n.l == n.m }}",
        "{% set n = namespace(l=(1,)) %}{% for a in range(30) %}{% set n.l = (n.l, n.l) %}{% endfor %}"
            + "{{ {n.l: 1} }}",
        "{% set n = namespace(l=[1]) %}{% for a in range(30) %}{% set n.l = [n.l, n.l] %}{% endfor %}"
            + "{{ n.l | tojson }}",
        "{% macro m(x) %}{{ m(x) }}{{ m(x) }}{% endmacro %}{% set t = 'a' * 100000 %}"
            + "{% for a in range(100) %}{% for b in range(100) %}{{ t | upper | lower | length }}"
            + "{% endfor %}{% endfor %}",
        "{% set t = 'a' * 300000 %}{% for a in t %}{% for b in t %}{% endfor %}{% endfor %}",
      })
  void work_has_an_end(String template) {
    assertFailsSoon(template, "OverflowError('The template takes too long.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% set n = namespace(l=[]) %}{% for a in range(100) %}{% for b in range(100) %}"
            + "{% set n.l = [n.l] %}{% endfor %}{% endfor %}{{ n.l }}",
      })
  void depth_has_an_end(String template) {
    assertFailsSoon(template, "RecursionError('maximum recursion depth exceeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "-", "not ", "{1:", "a if ", "1 ** -"})
  void expressions_nest_only_so_deep(String opening) {
    assertFailsSoon("{{ " + opening.repeat(50_000), "");
  }

  @Test
  void statements_nest_only_so_deep() {
    assertFailsSoon("{% if 1 %}".repeat(50_000), "maximum recursion depth exceeded");
  }

  @Test
  void a_long_template_that_does_little_is_fine() throws BrokenTemplateException {
    String template = "{{ 1 }}, ".repeat(20_000);
    assertThat(Template.of(template).render()).isEqualTo("1, ".repeat(20_000));
  }

  @Test
  void loops_within_the_limits_are_fine() throws BrokenTemplateException {
    String template = "{% for a in range(100) %}{% for b in range(100) %}x{% endfor %}{% endfor %}";
    assertThat(Template.of(template).render()).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ''.class }}",
        "{{ ''.getClass }}",
        "{{ ''.getClass() }}",
        "{{ ''['class'] }}",
        "{{ ''.bytes }}",
        "{{ [].getClass().forName('java.lang.Runtime') }}",
        "{{ range.class }}",
        "{{ namespace(a=1).fields }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ '{0.__class__}'.format('') }}",
        "{{ '{0.class}'.format('') }}",
      })
  void nothing_leads_to_java_or_python(String template) {
    String shown;
    try {
      shown = Template.of(template).render();
    } catch (BrokenTemplateException refused) {
      shown = "";
    }
    assertThat(shown).isEmpty();
  }

  @Test
  void a_broken_template_says_where() {
    assertThatThrownBy(() -> Template.of("a\n\n{% foo %}"))
        .isInstanceOfSatisfying(
            BrokenTemplateException.class, broken -> assertThat(broken.line()).isEqualTo(3));
  }

  private static void assertFailsSoon(String template, String reason) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> Template.of(template).render())
        .isInstanceOf(BrokenTemplateException.class)
        .hasMessageContaining(reason);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }
}
