package io.annals.command.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class JitterTest {
  private static final double CLOSE = 1e-9;

  @Test
  void the_longest_delay_is_above_the_average_by_the_factor() {
    assertThat(Jitter.around(10, 0.3, 1)).isEqualTo(13, within(CLOSE));
  }

  @Test
  void the_shortest_delay_is_below_it_by_about_as_much() {
    double lower = Math.log(Math.pow(2, 1.3) / (Math.pow(2, 1.3) - 1)) / Math.log(2) * 10;
    assertThat(Jitter.around(10, 0.3, 0)).isEqualTo(lower, within(CLOSE)).isBetween(7.0, 8.0);
  }

  @Test
  void a_very_wide_spread_starts_at_zero_and_stays_finite() {
    assertThat(Jitter.around(10, 100, 0)).isZero();
    assertThat(Jitter.around(10, 100, 1)).isEqualTo(-Math.log(1e-10) * 10, within(CLOSE));
  }
}
