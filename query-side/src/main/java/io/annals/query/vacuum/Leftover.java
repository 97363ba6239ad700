package io.annals.query.vacuum;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How much there is of something that is not kept any longer.
 *
 * @param oldest when the oldest of it happened; null when there is none, or nothing has a time
 */
public record Leftover(long count, @Nullable Instant oldest) {
  /** Nothing. */
  public static final Leftover NOTHING = new Leftover(0, null);

  /** Both together. */
  public Leftover plus(Leftover other) {
    Instant first = oldest;
    Instant second = other.oldest;
    boolean isFirst = first != null && (second == null || first.isBefore(second));
    return new Leftover(count + other.count, isFirst ? first : second);
  }

  /** A row of a count and a time. */
  static Leftover read(ResultSet row) throws SQLException {
    OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
    return new Leftover(row.getLong(1), oldest == null ? null : oldest.toInstant());
  }
}
