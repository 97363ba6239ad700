package io.annals.query.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects what is wrong while a request is read. */
final class Problems {
  /** Stands for a value that could not be read; its problem has been noted. */
  static final Object UNREADABLE = new Object();

  private final List<Problem> found = new ArrayList<>();
  private final ConfiguredChecks checks;

  Problems() {
    this(ConfiguredChecks.NONE);
  }

  Problems(ConfiguredChecks checks) {
    this.checks = checks;
  }

  /** None yet, of a part of the same request. */
  Problems ofPart() {
    return new Problems(checks);
  }

  /** What the request is checked by. */
  ConfiguredChecks checks() {
    return checks;
  }

  /** Notes a problem and answers {@link #UNREADABLE}, so that readers can return it. */
  Object add(String type, Location at, String message, @Nullable JsonNode input) {
    return add(type, at, message, input, null);
  }

  Object add(
      String type,
      Location at,
      String message,
      @Nullable JsonNode input,
      @Nullable Map<String, Object> context) {
    found.add(new Problem(type, at.steps(), message, input, context));
    return UNREADABLE;
  }

  /** Takes over what was found apart, and answers {@link #UNREADABLE}. */
  Object addAll(Problems others) {
    found.addAll(others.found);
    return UNREADABLE;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> all() {
    return found;
  }
}
