package io.annals.command.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.log.EventCodec;
import io.annals.events.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prefect (3.8.8 on Python 3.11) was asked for the dates of many schedules in many zones, most of
 * them near a change of the clock, and each answer written down by
 * compat/generate_schedule_dates.py.
 */
class AsPrefectPlansTest {
  record Case(
      Schedule schedule,
      Instant from,
      @Nullable Instant until,
      int count,
      @Nullable List<String> dates,
      boolean invalid) {}

  @ParameterizedTest
  @ValueSource(strings = {"interval", "cron", "rrule"})
  void every_schedule_has_the_dates_it_has_in_prefect(String kind) throws IOException {
    List<String> differences = new ArrayList<>();
    List<String> lines = lines(kind);
    for (String line : lines) {
      Case asked = EventCodec.JSON.readValue(line, Case.class);
      List<String> dates = dates(asked);
      if (!Objects.equals(dates, asked.invalid() ? null : asked.dates())) {
        differences.add(line + "\n  but here " + dates);
      }
    }
    assertThat(differences).as("of %d", lines.size()).isEmpty();
  }

  private static @Nullable List<String> dates(Case asked) {
    try {
      return ScheduleDates.dates(asked.schedule(), asked.from(), asked.until(), asked.count())
          .stream()
          .map(LocalDateText::of)
          .toList();
    } catch (IllegalArgumentException invalid) {
      return null;
    }
  }

  private static List<String> lines(String kind) throws IOException {
    try (InputStream file =
        AsPrefectPlansTest.class.getResourceAsStream("/schedule/" + kind + ".jsonl")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList();
    }
  }
}
