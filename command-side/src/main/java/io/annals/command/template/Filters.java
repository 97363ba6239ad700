package io.annals.command.template;

import java.util.HashMap;
import java.util.Map;

/** All filters, by the names that templates use. */
final class Filters {
  static final Map<String, Filter> BY_NAME = all();

  private Filters() {}

  private static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.putAll(TextFilters.BY_NAME);
    all.putAll(SequenceFilters.BY_NAME);
    all.putAll(NumberFilters.BY_NAME);
    return Map.copyOf(all);
  }
}
