package io.annals.command.state;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of Prefect's Python package.
 *
 * @param suffix what follows the three numbers, such as {@code rc20} or {@code .dev1}; empty for a
 *     release
 */
public record ClientVersion(int major, int minor, int patch, String suffix) {
  private static final Pattern USER_AGENT =
      Pattern.compile("prefect/(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})([a-z.+0-9]+)? \\(API \\S+\\)");
  private static final Pattern BEFORE_RELEASE = Pattern.compile("(a|b|rc|\\.?dev)\\d.*");
  private static final Comparator<ClientVersion> ORDER =
      Comparator.comparingInt(ClientVersion::major)
          .thenComparingInt(ClientVersion::minor)
          .thenComparingInt(ClientVersion::patch)
          .thenComparingInt(version -> version.isBeforeRelease() ? 0 : 1);

  /** The version in a User-Agent of Prefect's own form; null when it has another form. */
  public static @Nullable ClientVersion fromUserAgent(@Nullable String userAgent) {
    if (userAgent == null) {
      return null;
    }
    Matcher parts = USER_AGENT.matcher(userAgent);
    if (!parts.matches()) {
      return null;
    }
    String suffix = parts.group(4);
    return new ClientVersion(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)),
        suffix == null ? "" : suffix);
  }

  /** Whether this is the given release or a later one; its release candidates come before it. */
  public boolean isAtLeast(ClientVersion release) {
    return ORDER.compare(this, release) >= 0;
  }

  /** The version as Prefect writes it. */
  public String text() {
    return major + "." + minor + "." + patch + suffix;
  }

  private boolean isBeforeRelease() {
    return BEFORE_RELEASE.matcher(suffix).matches();
  }
}
