package io.annals.app.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the websockets are told from outside.
 *
 * @param authString the whole {@code user:password}, null when anybody may connect
 * @param backfillPageSize stored events read at once for a new subscriber
 * @param maximumBackfill how far back a subscriber may ask
 * @param pingEvery silence after which the server pings
 * @param pongWithin silence after a ping that ends the connection
 */
public record StreamSettings(
    @Nullable String authString,
    int backfillPageSize,
    Duration maximumBackfill,
    Duration pingEvery,
    Duration pongWithin) {
  /** Prefect's own settings, without authentication. */
  public static final StreamSettings DEFAULT =
      new StreamSettings(
          null, 250, Duration.ofMinutes(15), Duration.ofSeconds(20), Duration.ofSeconds(20));
}
