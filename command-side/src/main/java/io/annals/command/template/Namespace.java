package io.annals.command.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** What statements in loops may write to. */
final class Namespace {
  private final Map<String, Object> fields;

  Namespace(Map<String, Object> fields) {
    this.fields = new LinkedHashMap<>(fields);
  }

  Map<String, Object> fields() {
    return fields;
  }
}
