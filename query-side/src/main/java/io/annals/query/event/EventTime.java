package io.annals.query.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The forms in which clients write a moment: ISO text, a date, or a number since the epoch. */
public final class EventTime {
  /** Numbers beyond this are milliseconds, as pydantic reads them. */
  private static final double LARGEST_SECONDS = 2e10;

  private static final int DATE_LENGTH = "2024-04-01".length();

  private EventTime() {}

  /** The moment in microseconds, a text without offset taken as UTC; null when it is none. */
  public static @Nullable Instant read(JsonNode node) {
    try {
      if (node.isNumber()) {
        return ofEpoch(node.doubleValue());
      }
      return node.isString() ? ofText(node.stringValue()) : null;
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private static Instant ofEpoch(double number) {
    double seconds = Math.abs(number) > LARGEST_SECONDS ? number / 1e3 : number;
    return Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS);
  }

  private static Instant ofText(String given) {
    if (given.length() == DATE_LENGTH) {
      return LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    String text =
        given.length() > DATE_LENGTH && given.charAt(DATE_LENGTH) == ' '
            ? given.substring(0, DATE_LENGTH) + "T" + given.substring(DATE_LENGTH + 1)
            : given;
    Instant moment =
        hasOffset(text)
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    return moment.truncatedTo(ChronoUnit.MICROS);
  }

  private static boolean hasOffset(String text) {
    return text.endsWith("Z")
        || text.endsWith("z")
        || text.indexOf('+', DATE_LENGTH) > 0
        || text.indexOf('-', DATE_LENGTH) > 0;
  }
}
