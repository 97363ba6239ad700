package io.annals.app.settings;

import org.jspecify.annotations.Nullable;

/**
 * What a number, or the seconds of a duration, must keep to.
 *
 * @param least the smallest value allowed
 * @param most the largest value allowed
 * @param excludesLeast whether the value must be larger than {@code least}
 */
record Bounds(double least, double most, boolean excludesLeast) {
  static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

  private static final String ABOVE = "above";
  private static final String RANGE = "..";

  /** Reads {@code -}, {@code 0..}, {@code 30..3600} or {@code above0}. */
  static Bounds parse(String text) {
    if (text.equals(SettingsTable.UNSET)) {
      return NONE;
    }
    if (text.startsWith(ABOVE)) {
      return new Bounds(
          Double.parseDouble(text.substring(ABOVE.length())), Double.POSITIVE_INFINITY, true);
    }
    int range = text.indexOf(RANGE);
    String most = text.substring(range + RANGE.length());
    return new Bounds(
        Double.parseDouble(text.substring(0, range)),
        most.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(most),
        false);
  }

  /** What is wrong with a value, such as {@code must be at least 1}; null when nothing is. */
  @Nullable String complaint(double value) {
    if (excludesLeast ? value <= least : value < least) {
      return (excludesLeast ? "must be more than " : "must be at least ") + plain(least);
    }
    return value > most ? "must be at most " + plain(most) : null;
  }

  private static String plain(double bound) {
    return Long.toString(Math.round(bound));
  }
}
