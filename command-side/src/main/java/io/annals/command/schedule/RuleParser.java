package io.annals.command.schedule;

import io.annals.command.schedule.Recurrence.Rule;
import io.annals.command.schedule.Recurrence.WeekdayPart;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parts of one rule, and says what is wrong with them in dateutil's words. */
final class RuleParser {
  private static final Set<String> NUMBER_LISTS =
      Set.of(
          "BYSETPOS",
          "BYMONTH",
          "BYMONTHDAY",
          "BYYEARDAY",
          "BYWEEKNO",
          "BYHOUR",
          "BYMINUTE",
          "BYSECOND");
  private static final Pattern WEEKDAY =
      Pattern.compile(
          "(?<before>[+-]?\\d+)?(?<day>MO|TU|WE|TH|FR|SA|SU)(?:\\((?<after>[+-]?\\d+)\\))?");
  private static final Map<String, Integer> UNITS =
      Map.of("BYHOUR", 24, "BYMINUTE", 60, "BYSECOND", 60);
  private static final int DAYS_OF_A_YEAR = 366;

  private final String text;
  private final LocalDateTime start;
  private final boolean startIsGiven;
  private final boolean startHasZone;
  private @Nullable RecurrenceFrequency frequency;
  private int interval = 1;
  private @Nullable Integer count;
  private @Nullable LocalDateTime until;
  private boolean untilHasZone;
  private final SortedMap<String, List<Integer>> by = new TreeMap<>();
  private List<WeekdayPart> days = List.of();
  private String weekStart = "MO";

  RuleParser(String text, @Nullable LocalDateTime start, boolean startHasZone) {
    this.text = text;
    this.startIsGiven = start != null;
    this.start = start == null ? Recurrence.DEFAULT_START : start;
    this.startHasZone = startHasZone;
  }

  Rule parse() {
    for (String pair : text.split(";", -1)) {
      String[] parts = pair.split("=", -1);
      if (parts.length < 2) {
        throw new IllegalArgumentException("not enough values to unpack (expected 2, got 1)");
      }
      if (parts.length > 2) {
        throw new IllegalArgumentException("too many values to unpack (expected 2)");
      }
      readPart(parts[0], parts[1]);
    }
    RecurrenceFrequency found = frequency;
    if (found == null) {
      throw new IllegalArgumentException("missing FREQ");
    }
    checkPositions();
    checkTimes(found);
    return new Rule(found, interval, count, until, untilHasZone, by, days, weekStart);
  }

  private void readPart(String name, String value) {
    boolean known = true;
    try {
      switch (name) {
        case "FREQ" -> frequency = RecurrenceFrequency.valueOf(value);
        case "INTERVAL" -> interval = atLeastOne(Integer.parseInt(value));
        case "COUNT" -> count = Integer.valueOf(value);
        case "UNTIL" -> until = until(value);
        case "WKST" -> weekStart = weekday(value).day();
        case "BYDAY", "BYWEEKDAY" -> days = weekdays(value);
        default -> known = readNumbers(name, value);
      }
    } catch (ZonesDiffer differ) {
      throw differ;
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException("invalid '" + name + "': " + value, unreadable);
    }
    if (!known) {
      throw new IllegalArgumentException("unknown parameter '" + name + "'");
    }
  }

  private boolean readNumbers(String name, String value) {
    if (!NUMBER_LISTS.contains(name)) {
      return false;
    }
    by.put(
        name,
        Arrays.stream(value.split(",", -1)).map(String::strip).map(Integer::valueOf).toList());
    return true;
  }

  private static int atLeastOne(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("a rule without progress");
    }
    return number;
  }

  private static final class ZonesDiffer extends IllegalArgumentException {
    ZonesDiffer() {
      super("RRULE UNTIL values must be specified in UTC when DTSTART is timezone-aware");
    }
  }

  private LocalDateTime until(String value) {
    RecurrenceParser.WrittenTime written = RecurrenceParser.time(value);
    if (startIsGiven && startHasZone != written.hasZone()) {
      throw new ZonesDiffer();
    }
    untilHasZone = written.hasZone();
    return written.time();
  }

  private static List<WeekdayPart> weekdays(String list) {
    List<WeekdayPart> weekdays = new ArrayList<>();
    for (String written : list.split(",", -1)) {
      weekdays.add(weekday(written));
    }
    return List.copyOf(weekdays);
  }

  private static WeekdayPart weekday(String written) {
    Matcher form = WEEKDAY.matcher(written);
    if (!form.matches()) {
      throw new IllegalArgumentException(written);
    }
    String nth = Optional.ofNullable(form.group("before")).orElse(form.group("after"));
    return new WeekdayPart(nth == null ? 0 : Integer.parseInt(nth), form.group("day"));
  }

  private void checkPositions() {
    for (int position : by.getOrDefault("BYSETPOS", List.of())) {
      if (position == 0 || Math.abs(position) > DAYS_OF_A_YEAR) {
        throw new IllegalArgumentException(
            "bysetpos must be between 1 and 366, or between -366 and -1");
      }
    }
  }

  private void checkTimes(RecurrenceFrequency found) {
    checkUnit("BYHOUR", "hour", start.getHour(), found == RecurrenceFrequency.HOURLY, found);
    checkUnit(
        "BYMINUTE", "minute", start.getMinute(), found == RecurrenceFrequency.MINUTELY, found);
    checkUnit(
        "BYSECOND", "second", start.getSecond(), found == RecurrenceFrequency.SECONDLY, found);
  }

  /** A rule that advances by this very unit must be able to reach one of the values named. */
  private void checkUnit(
      String part, String unit, int from, boolean advances, RecurrenceFrequency found) {
    List<Integer> values = by.get(part);
    if (values == null) {
      return;
    }
    int base = UNITS.getOrDefault(part, 1);
    if (advances) {
      int step = BigInteger.valueOf(interval).gcd(BigInteger.valueOf(base)).intValue();
      if (values.stream().noneMatch(value -> Math.floorMod(value - from, step) == 0)) {
        throw new IllegalArgumentException("Invalid rrule byxxx generates an empty set.");
      }
    }
    if (found.compareTo(RecurrenceFrequency.HOURLY) < 0
        && values.stream().anyMatch(value -> value < 0 || value >= base)) {
      throw new IllegalArgumentException(unit + " must be in 0.." + (base - 1));
    }
  }
}
