package io.annals.query.request;

import java.util.Map;
import java.util.Optional;

/** Looks at a value that was read. */
@FunctionalInterface
public interface ValueCheck<T> {
  /** What is wrong with the value, if anything is. */
  Optional<Finding> check(T value);

  /**
   * What is wrong, apart from where.
   *
   * @param context the bound that was violated and the like
   */
  record Finding(String type, String message, Map<String, Object> context) {
    /** What pydantic makes of a check of the application's own. */
    public static Finding valueError(String text) {
      return new Finding("value_error", "Value error, " + text, Map.of("error", Map.of()));
    }
  }
}
