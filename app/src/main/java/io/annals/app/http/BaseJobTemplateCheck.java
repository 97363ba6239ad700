package io.annals.app.http;

import io.annals.query.request.ValueCheck;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A base job template is empty, or it has a configuration and the schema of all variables that the
 * configuration speaks of.
 */
final class BaseJobTemplateCheck implements ValueCheck<ObjectNode> {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*([\\w.\\-\\[\\]$]+)\\s*}}", Pattern.UNICODE_CHARACTER_CLASS);

  @Override
  public Optional<Finding> check(ObjectNode template) {
    if (template.isEmpty()) {
      return Optional.empty();
    }
    JsonNode configuration = template.path("job_configuration");
    JsonNode variables = template.path("variables");
    if (configuration.isEmpty() || variables.isEmpty()) {
      return Optional.of(
          Finding.valueError(
              "The `base_job_template` must contain both a `job_configuration` key and a `variables`"
                  + " key."));
    }
    TreeSet<String> undeclared = new TreeSet<>();
    Matcher placeholders = PLACEHOLDER.matcher(configuration.toString());
    while (placeholders.find()) {
      if (!variables.path("properties").has(placeholders.group(1))) {
        undeclared.add(placeholders.group(1));
      }
    }
    return undeclared.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.valueError(
                "The variables specified in the job configuration template must be present as"
                    + " properties in the variables schema. Your job configuration uses the following"
                    + " undeclared variable(s): "
                    + String.join(" ,", undeclared)
                    + "."));
  }
}
