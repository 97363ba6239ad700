package io.annals.app.job;

import io.annals.query.sql.DayPartitions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Makes the days of a table before they begin, so that whatever arrives finds its day. */
public final class DaysAhead implements Job {
  private static final Duration EVERY = Duration.ofHours(1);

  /** Days made ahead: a server may sleep over a weekend and still find its day. */
  private static final int DAYS = 3;

  private final String name;
  private final DayPartitions days;

  /** Makes days under a name of its own for each table. */
  public DaysAhead(String name, DayPartitions days) {
    this.name = name;
    this.days = days;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    try {
      days.createAhead(now, DAYS);
    } catch (SQLException failure) {
      throw new IllegalStateException("Days cannot be made ahead: " + name, failure);
    }
  }
}
