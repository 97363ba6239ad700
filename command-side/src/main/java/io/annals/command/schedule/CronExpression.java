package io.annals.command.schedule;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cron expression, its fields as the values that they allow.
 *
 * @param fields five, six (with seconds) or seven (with years)
 * @param nthWeekdays by weekday (0 is Sunday) which ones of a month are meant: {@link #LAST}, or 1
 *     to 5; empty when every one is
 */
record CronExpression(Map<CronField, Values> fields, Map<Integer, Set<Integer>> nthWeekdays) {
  /** The last one in its month. */
  static final int LAST = -1;

  /**
   * What one field allows.
   *
   * @param any everything
   * @param numbers ascending
   * @param lastDay the last day of the month as well
   */
  record Values(boolean any, List<Integer> numbers, boolean lastDay) {
    static final Values ANY = new Values(true, List.of(), false);
  }

  /**
   * Reads an expression in croniter's dialect.
   *
   * @throws IllegalArgumentException when it is none
   */
  static CronExpression parse(String text) {
    return new CronParser(text).parse();
  }

  Values values(CronField field) {
    return fields.getOrDefault(field, Values.ANY);
  }

  boolean has(CronField field) {
    return fields.containsKey(field);
  }

  /** The same expression with one field allowing everything. */
  CronExpression ignoring(CronField field) {
    Map<CronField, Values> others = new EnumMap<>(fields);
    others.put(field, Values.ANY);
    return new CronExpression(Collections.unmodifiableMap(others), nthWeekdays);
  }
}
