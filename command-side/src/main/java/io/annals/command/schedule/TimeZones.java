package io.annals.command.schedule;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The time zones that a schedule may name, and how their clocks meet a gap or a repeated hour. */
public final class TimeZones {
  /** IANA names that Java does not list, with what it calls them. */
  private static final Map<String, ZoneId> OTHERS =
      Map.of(
          "EST", ZoneOffset.ofHours(-5),
          "Factory", ZoneOffset.UTC,
          "GMT+0", ZoneOffset.UTC,
          "GMT-0", ZoneOffset.UTC,
          "HST", ZoneOffset.ofHours(-10),
          "MST", ZoneOffset.ofHours(-7),
          "ROC", ZoneId.of("Asia/Taipei"));

  private static final Set<String> NAMES = names();

  private TimeZones() {}

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(OTHERS.keySet());
    for (String name : ZoneId.getAvailableZoneIds()) {
      if (!name.startsWith("SystemV/")) { // Java's own, unknown to IANA
        names.add(name);
      }
    }
    return Collections.unmodifiableSet(names);
  }

  /** Every name, sorted. */
  public static Set<String> all() {
    return NAMES;
  }

  /**
   * The zone of a schedule.
   *
   * @param name null or empty is UTC
   * @throws DateTimeException when there is no such zone
   */
  static ZoneId of(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return ZoneOffset.UTC;
    }
    ZoneId other = OTHERS.get(name);
    return other == null ? ZoneId.of(name) : other;
  }

  /**
   * The instant at which the zone's clock shows the given time: the first one when it does so
   * twice; when it never does, the time is moved back by what the clock skipped.
   */
  static ZonedDateTime when(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(local);
    return transition != null && transition.isGap()
        ? local.atOffset(transition.getOffsetAfter()).atZoneSameInstant(zone)
        : local.atZone(zone);
  }
}
