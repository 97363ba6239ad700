package io.annals.command.schedule;

import io.annals.command.schedule.Recurrence.Rule;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads recurrences as dateutil does: {@code FREQ=…} alone, or lines of DTSTART, RRULE, EXRULE,
 * RDATE and EXDATE in any order. Zones are dropped: a schedule has one of its own.
 */
final class RecurrenceParser {
  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{4})-?(\\d{2})-?(\\d{2})"
              + "(?:[T ]?(\\d{2}):?(\\d{2})(?::?(\\d{2})(?:\\.\\d+)?)?)?\\s*"
              + "(Z|UTC|[+-]\\d{2}(?::?\\d{2})?)?");
  private static final Set<String> VALUE_PARAMETERS = Set.of("VALUE=DATE-TIME", "VALUE=DATE");

  private final String text;
  private boolean startHasZone;
  private @Nullable LocalDateTime start;
  private final List<String> ruleTexts = new ArrayList<>();
  private final List<String> exceptRuleTexts = new ArrayList<>();
  private final List<LocalDateTime> dates = new ArrayList<>();
  private final List<LocalDateTime> exceptDates = new ArrayList<>();

  /** A time as written, and whether it named a zone. */
  record WrittenTime(LocalDateTime time, boolean hasZone) {}

  RecurrenceParser(String text) {
    this.text = text.toUpperCase(Locale.ROOT);
  }

  Recurrence parse() {
    if (text.isBlank()) {
      throw new IllegalArgumentException("empty string");
    }
    List<String> lines = Arrays.asList(text.strip().split("\\s+"));
    if (lines.size() == 1 && (text.indexOf(':') < 0 || text.startsWith("RRULE:"))) {
      ruleTexts.add(withoutName(lines.getFirst()));
    } else {
      lines.forEach(this::readLine);
    }
    if (ruleTexts.isEmpty() && exceptRuleTexts.isEmpty() && dates.isEmpty()) {
      throw new IllegalArgumentException("no rule and no date");
    }
    return new Recurrence(
        start,
        rules(ruleTexts),
        rules(exceptRuleTexts),
        List.copyOf(dates),
        List.copyOf(exceptDates));
  }

  private static String withoutName(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length > 2) {
      throw new IllegalArgumentException("too many values to unpack (expected 2)");
    }
    return parts[parts.length - 1];
  }

  private void readLine(String line) {
    int colon = line.indexOf(':');
    String value = line.substring(colon + 1);
    List<String> parameters =
        new ArrayList<>(
            List.of(colon < 0 ? new String[] {"RRULE"} : line.substring(0, colon).split(";", -1)));
    String name = parameters.removeFirst();
    switch (name) {
      case "RRULE" -> {
        refuse(parameters, Set.of(), name);
        ruleTexts.add(value);
      }
      case "EXRULE" -> {
        refuse(parameters, Set.of(), name);
        exceptRuleTexts.add(value);
      }
      case "RDATE" -> {
        refuse(parameters, Set.of("VALUE=DATE-TIME"), name);
        times(value).forEach(time -> dates.add(time.time()));
      }
      case "EXDATE" -> {
        checkTimeParameters(parameters);
        times(value).forEach(time -> exceptDates.add(time.time()));
      }
      case "DTSTART" -> readStart(value, parameters);
      default -> throw new IllegalArgumentException("unsupported property: " + name);
    }
  }

  private void readStart(String value, List<String> parameters) {
    checkTimeParameters(parameters);
    List<WrittenTime> times = times(value);
    if (times.size() != 1) {
      throw new IllegalArgumentException("Multiple DTSTART values specified:" + value);
    }
    start = times.getFirst().time();
    startHasZone =
        times.getFirst().hasZone()
            || parameters.stream().anyMatch(parameter -> parameter.startsWith("TZID="));
  }

  private static void refuse(List<String> parameters, Set<String> except, String name) {
    for (String parameter : parameters) {
      if (!except.contains(parameter)) {
        throw new IllegalArgumentException("unsupported " + name + " parm: " + parameter);
      }
    }
  }

  private static void checkTimeParameters(List<String> parameters) {
    boolean found = false;
    for (String parameter : parameters) {
      if (parameter.startsWith("TZID=")) {
        continue;
      }
      if (!VALUE_PARAMETERS.contains(parameter)) {
        throw new IllegalArgumentException("unsupported parm: " + parameter);
      }
      if (found) {
        throw new IllegalArgumentException("Duplicate value parameter found in: " + parameter);
      }
      found = true;
    }
  }

  private static List<WrittenTime> times(String list) {
    List<WrittenTime> times = new ArrayList<>();
    for (String written : list.split(",", -1)) {
      times.add(time(written));
    }
    return times;
  }

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException when it is none
   */
  static WrittenTime time(String written) {
    Matcher form = DATE.matcher(written.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("Unknown string format: " + written);
    }
    try {
      return new WrittenTime(
          LocalDateTime.of(
              number(form, 1),
              number(form, 2),
              number(form, 3),
              number(form, 4),
              number(form, 5),
              number(form, 6)),
          form.group(7) != null);
    } catch (DateTimeException impossible) {
      throw new IllegalArgumentException(impossible.getMessage() + ": " + written, impossible);
    }
  }

  private static int number(Matcher form, int group) {
    String digits = form.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private List<Rule> rules(List<String> texts) {
    return texts.stream().map(rule -> new RuleParser(rule, start, startHasZone).parse()).toList();
  }
}
