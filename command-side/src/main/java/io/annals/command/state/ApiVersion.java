package io.annals.command.state;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version of the REST API, as clients announce it in {@code X-PREFECT-API-VERSION}. */
public record ApiVersion(int major, int minor, int patch) implements Comparable<ApiVersion> {
  /** The first version that knows pauses. */
  public static final ApiVersion KNOWS_PAUSES = new ApiVersion(0, 8, 4);

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})");
  private static final Comparator<ApiVersion> ORDER =
      Comparator.comparingInt(ApiVersion::major)
          .thenComparingInt(ApiVersion::minor)
          .thenComparingInt(ApiVersion::patch);

  /** The version written as three numbers with dots; null when the text is anything else. */
  public static @Nullable ApiVersion parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher numbers = FORM.matcher(text);
    if (!numbers.matches()) {
      return null;
    }
    return new ApiVersion(
        Integer.parseInt(numbers.group(1)),
        Integer.parseInt(numbers.group(2)),
        Integer.parseInt(numbers.group(3)));
  }

  @Override
  public int compareTo(ApiVersion other) {
    return ORDER.compare(this, other);
  }
}
