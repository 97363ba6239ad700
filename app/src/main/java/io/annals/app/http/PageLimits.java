package io.annals.app.http;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of lists.
 *
 * @param maxRows default and maximum of {@code limit} (PREFECT_SERVER_API_DEFAULT_LIMIT)
 */
public record PageLimits(int maxRows) {
  /** Prefect's own. */
  public static final PageLimits DEFAULT = new PageLimits(200);

  /** The limit to apply. */
  int checked(@Nullable Integer limit) {
    if (limit == null) {
      return maxRows;
    }
    if (limit < 0) {
      throw new Refusal(Kind.UNPROCESSABLE, "Invalid limit: must be greater than or equal to 0.")
          .asException();
    }
    if (limit > maxRows) {
      throw new Refusal(
              Kind.UNPROCESSABLE, "Invalid limit: must be less than or equal to " + maxRows + ".")
          .asException();
    }
    return limit;
  }
}
