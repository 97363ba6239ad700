package io.annals.command.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prefect 3.8.8 was asked what becomes of some five hundred templates, whole and broken ones, and
 * each answer written down by compat/record_templates.py.
 */
class AsPrefectRendersTest {
  record Case(String template, @Nullable String rendered, @Nullable String failed) {}

  @Test
  void every_template_becomes_what_it_becomes_in_prefect() throws IOException {
    List<String> differences = new ArrayList<>();
    List<Case> cases = cases();
    for (Case asked : cases) {
      Case answered = answered(asked.template());
      if (!answered.equals(asked)) {
        differences.add(asked + "\n  but here " + answered);
      }
    }
    assertThat(cases).hasSizeGreaterThan(500);
    assertThat(differences).isEmpty();
  }

  private static Case answered(String template) {
    try {
      return new Case(template, Template.of(template).render(), null);
    } catch (BrokenTemplateException broken) {
      return new Case(template, null, "Invalid jinja: " + broken.getMessage());
    }
  }

  private static List<Case> cases() throws IOException {
    try (InputStream file =
        AsPrefectRendersTest.class.getResourceAsStream("/template/renderings.jsonl")) {
      String lines =
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return lines.lines().map(line -> JsonMapper.shared().readValue(line, Case.class)).toList();
    }
  }
}
