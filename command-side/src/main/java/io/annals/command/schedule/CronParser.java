package io.annals.command.schedule;

import io.annals.command.schedule.CronExpression.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads croniter's dialect of cron: five fields, a sixth for seconds, a seventh for years; lists,
 * ranges, steps and names in any case; ranges that wrap; {@code L}, {@code 5#3} and {@code L5}.
 */
final class CronParser {
  private static final Map<String, String> ALIASES =
      Map.of(
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern RANGE = Pattern.compile("([^-]+)-([^-/]+)(?:/(\\d{1,9}))?");
  private static final Pattern STEPS_FROM = Pattern.compile("(.+)/(.+)");
  private static final Pattern NTH_WEEKDAY =
      Pattern.compile("([a-z]{3}(?:-[a-z]{3})?|\\w+)#(\\d+)");
  private static final Pattern LAST_WEEKDAY = Pattern.compile("l(\\d+)");
  private static final Pattern RANDOM = Pattern.compile("r(?:\\(\\d+-\\d+\\))?(?:/\\d+)?");
  private static final int MIN_COLUMNS = 5;
  private static final int WEEKS_OF_A_MONTH = 5;

  private final String text;
  private final Map<CronField, String> columns = new EnumMap<>(CronField.class);
  private final Map<Integer, Set<Integer>> nthWeekdays = new TreeMap<>();

  /** A part of a list that is still to be looked at; {@code nth} is 0 when there is none. */
  private record Part(String text, int nth) {}

  CronParser(String text) {
    this.text = text;
    String lower = text.toLowerCase(Locale.ROOT);
    String[] written = ALIASES.getOrDefault(lower, lower).strip().split("\\s+", -1);
    if (written.length < MIN_COLUMNS || written.length > CronField.values().length) {
      throw invalid();
    }
    for (CronField field : CronField.values()) {
      if (columns.size() < written.length) {
        columns.put(field, written[columns.size()]);
      }
    }
  }

  CronExpression parse() {
    Map<CronField, Values> fields = new EnumMap<>(CronField.class);
    columns.forEach((field, column) -> fields.put(field, values(field, column)));
    checkWeekdays(fields.getOrDefault(CronField.WEEKDAY, Values.ANY));
    if (columns.values().stream().anyMatch(column -> RANDOM.matcher(column).matches())) {
      throw new IllegalArgumentException(
          "Random and Hashed expressions are unsupported, received: \"" + text + "\"");
    }
    return new CronExpression(Collections.unmodifiableMap(fields), Map.copyOf(nthWeekdays));
  }

  /** Weekdays are either counted in their month or not; a list of both is not understood. */
  private void checkWeekdays(Values weekdays) {
    Set<Integer> uncounted = new TreeSet<>(weekdays.numbers());
    uncounted.removeAll(nthWeekdays.keySet());
    if (!nthWeekdays.isEmpty()
        && !uncounted.isEmpty()
        && weekdays.numbers().size() != CronField.WEEKDAY.size()) {
      throw invalid();
    }
  }

  private Values values(CronField field, String column) {
    String list = RANDOM.matcher(column).matches() ? "*" : column;
    if (column.contains("?")) {
      if (!"?".equals(column) || (field != CronField.DAY && field != CronField.WEEKDAY)) {
        throw invalid();
      }
      list = "*";
    }
    boolean any = false;
    boolean lastDay = false;
    SortedSet<Integer> numbers = new TreeSet<>();
    Deque<Part> parts = new ArrayDeque<>();
    for (String part : list.split(",", -1)) {
      parts.add(field == CronField.WEEKDAY ? weekday(part) : new Part(part, 0));
    }
    while (!parts.isEmpty()) {
      Part part = parts.removeLast();
      List<Integer> range = range(field, part.text());
      if (range != null) {
        range.forEach(value -> parts.add(new Part(Integer.toString(value), part.nth())));
      } else if ("*".equals(part.text())) {
        any = true;
      } else if (field == CronField.DAY && "l".equals(part.text())) {
        lastDay = true;
      } else {
        int number = single(field, part.text());
        numbers.add(number);
        if (part.nth() != 0) {
          nthWeekdays.computeIfAbsent(number, day -> new TreeSet<>()).add(part.nth());
        }
      }
    }
    return any || (numbers.size() + (lastDay ? 1 : 0) == field.size() && meansAny(field))
        ? Values.ANY
        : new Values(false, List.copyOf(numbers), lastDay);
  }

  /** All days listed still count as a restriction where the other day field is restricted. */
  private boolean meansAny(CronField field) {
    return switch (field) {
      case DAY -> column(CronField.WEEKDAY).contains("*");
      case WEEKDAY -> column(CronField.DAY).contains("*");
      case MINUTE, HOUR, MONTH, SECOND, YEAR -> true;
    };
  }

  private String column(CronField field) {
    return columns.getOrDefault(field, "");
  }

  private Part weekday(String part) {
    Matcher nth = NTH_WEEKDAY.matcher(part);
    if (nth.matches()) {
      int count = nth.group(2).length() > 9 ? 0 : Integer.parseInt(nth.group(2));
      if (count < 1 || count > WEEKS_OF_A_MONTH) {
        throw invalid();
      }
      return new Part(nth.group(1), count);
    }
    Matcher last = LAST_WEEKDAY.matcher(part);
    return last.matches() ? new Part(last.group(1), CronExpression.LAST) : new Part(part, 0);
  }

  /** The values of a range or of steps; null when the part is neither. */
  private @Nullable List<Integer> range(CronField field, String part) {
    String bounded =
        part.startsWith("*/") ? field.first() + "-" + field.last() + part.substring(1) : part;
    Matcher range = RANGE.matcher(bounded);
    if (!range.matches()) {
      Matcher steps = STEPS_FROM.matcher(part);
      if (!steps.matches()) {
        return null;
      }
      range = RANGE.matcher(steps.group(1) + "-" + field.last() + "/" + steps.group(2));
      if (!range.matches()) {
        return null;
      }
    }
    String high = field == CronField.DAY && "l".equals(range.group(2)) ? "31" : range.group(2);
    int from = field.withoutAlias(number(field, range.group(1)), columns.size());
    int to = field.withoutAlias(number(field, high), columns.size());
    int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
    if (Math.max(from, to) > field.last() || step == 0) {
      throw invalid();
    }
    return expanded(field, from, to, step);
  }

  private static List<Integer> expanded(CronField field, int from, int to, int step) {
    List<Integer> values = new ArrayList<>();
    if (from < to) {
      addSteps(values, from, to, step);
    } else if (from == to) { // sun-sun is the whole cycle
      addSteps(values, field.first(), field.last(), step);
    } else {
      addSteps(values, from, field.last(), step);
      int reached = values.getLast();
      int skipped = field.last() - reached;
      boolean stepsOver = reached - field.first() + step > field.size() && skipped < step;
      addSteps(values, field.first() + (stepsOver ? step - skipped : 0), to, step);
    }
    return values;
  }

  private static void addSteps(List<Integer> values, int from, int to, int step) {
    for (long value = from; value <= to; value += step) {
      values.add((int) value);
    }
  }

  private int number(CronField field, String part) {
    return NUMBER.matcher(part).matches()
        ? Integer.parseInt(part)
        : field.named(part).orElseThrow(this::invalid);
  }

  private int single(CronField field, String part) {
    int number = field.withoutAlias(number(field, part), columns.size());
    if (number < field.first() || number > field.last()) {
      throw invalid();
    }
    return number;
  }

  private IllegalArgumentException invalid() {
    return new IllegalArgumentException("Invalid cron string: \"" + text + "\"");
  }
}
