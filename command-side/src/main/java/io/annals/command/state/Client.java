package io.annals.command.state;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the client that proposes a state; some rules look after older ones.
 *
 * @param api the version of the API that it speaks, null when it did not say
 * @param version its own version, null when it did not say or is not Prefect's Python client
 */
public record Client(@Nullable ApiVersion api, @Nullable ClientVersion version) {
  /** A client that did not say what it is: taken for a current one where the API is concerned. */
  public static final Client UNKNOWN = new Client(null, null);

  /** The client that sent these headers. */
  public static Client of(@Nullable String apiVersionHeader, @Nullable String userAgent) {
    return new Client(ApiVersion.parse(apiVersionHeader), ClientVersion.fromUserAgent(userAgent));
  }

  /** Whether it speaks at least the given version of the API, or did not say which. */
  public boolean speaks(ApiVersion wanted) {
    return api == null || api.compareTo(wanted) >= 0;
  }

  /** Whether it is known to be at least the given release. */
  public boolean isAtLeast(ClientVersion release) {
    return version != null && version.isAtLeast(release);
  }
}
