package io.annals.query.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-26T20:00:01Z, 2026-11-26T20:00:01Z",
    "2026-11-26T20:00:01+00:00, 2026-11-26T20:00:01Z",
    "2026-11-26T20:00:01.5Z, 2026-11-26T20:00:01.500Z",
    "2026-11-26T20:00:01.000001+00:00, 2026-11-26T20:00:01.000001Z",
    "2026-11-26T20:00:01.123456789Z, 2026-11-26T20:00:01.123456Z",
    "2026-11-26T20:00:01.1234567899Z, 2026-11-26T20:00:01.123456Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "2024-02-29T23:59:59.999999Z, 2024-02-29T23:59:59.999999Z",
    "2026-11-26 20:00:01Z, 2026-11-26T20:00:01Z",
    "2026-11-26T20:00:01, 2026-11-26T20:00:01Z",
    "2026-11-26 20:00, 2026-11-26T20:00:00Z",
    "2026-11-26, 2026-11-26T00:00:00Z",
    "2026-11-26T20:00:01.25+01:30, 2026-11-26T18:30:01.250Z",
    "2026-11-26t20:00:01z, 2026-11-26T20:00:01Z"
  })
  void the_forms_of_clients_are_read(String text, Instant moment) {
    assertThat(InstantText.parse(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "+00:00",
        "20:00:01+00:00",
        "2026-02-29T20:00:01Z",
        "2026-13-01T20:00:01Z",
        "2026-11-26T24:00:01Z",
        "2026-11-26T20:60:01Z",
        "2026-11-26T20:00:01.Z",
        "2026-11-26T20:00:01.5xZ",
        "2026-11-26T20:00:-1Z",
        "2026-11-26T20:00:01,Z",
        "2026/11/26T20:00:01Z",
        "+026-11-26T20:00:01Z",
        "2026-11-26T20:00:01ZZ"
      })
  void what_is_no_moment_is_none(String text) {
    assertThat(InstantText.parse(text)).isEmpty();
  }
}
