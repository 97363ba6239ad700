package io.annals.app.job;

import java.time.Duration;
import java.time.Instant;

/** Something the server does again and again. Its outcome is the same when it is done twice. */
public interface Job {
  /** Its name in logs, metrics and claims. */
  String name();

  /** The time from one start to the next. */
  Duration every();

  /** Does it once. */
  void run(Instant now);
}
