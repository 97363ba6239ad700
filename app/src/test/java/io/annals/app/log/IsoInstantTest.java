package io.annals.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.log.IsoInstant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {
  private static final int MOMENTS = 20_000;
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final List<ChronoUnit> PRECISIONS =
      List.of(ChronoUnit.NANOS, ChronoUnit.MICROS, ChronoUnit.MILLIS, ChronoUnit.SECONDS);

  @Test
  void the_exact_text_is_that_of_the_instant_itself() {
    Random random = new Random(7);
    for (int moment = 0; moment < MOMENTS; moment++) {
      long second = random.nextLong(FIRST_SECOND, LAST_SECOND);
      Instant any = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
      for (ChronoUnit precision : PRECISIONS) {
        Instant instant = any.truncatedTo(precision);
        assertThat(IsoInstant.exact(instant)).isEqualTo(instant.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "2024-02-29T12:00:00.001Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "+10000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59Z"
      })
  void also_at_the_edges(String text) {
    assertThat(IsoInstant.exact(Instant.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-26T18:00:00Z, 2026-11-26T18:00:00Z",
    "2026-11-26T18:00:00.5Z, 2026-11-26T18:00:00.500000Z",
    "2026-11-26T18:00:00.000001999Z, 2026-11-26T18:00:00.000001Z",
    "2026-11-26T18:00:00.000000999Z, 2026-11-26T18:00:00Z"
  })
  void micros_are_six_digits_or_none(Instant instant, String text) {
    assertThat(IsoInstant.micros(instant)).isEqualTo(text);
  }
}
