package io.annals.app.http;

import io.annals.query.request.Rule;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A name is more than spaces and quotes. */
final class NotEmptyRule implements Rule {
  private static final String NOTHING = "[' \"]*";

  @Override
  public Optional<String> broken(JsonNode name) {
    return name.asString("").matches(NOTHING)
        ? Optional.of("name cannot be an empty string")
        : Optional.empty();
  }
}
