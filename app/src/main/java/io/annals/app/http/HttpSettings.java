package io.annals.app.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP side of the server can be told.
 *
 * @param basePath what all API paths start with: a leading slash, no trailing one, empty for none
 * @param authString the {@code user:password} every API request must bring; null: nobody is asked
 * @param csrfEnabled whether writes need a CSRF token
 * @param csrfTokenExpiration how long a CSRF token lives
 * @param corsOrigins origins whose pages may call the server; {@code *} for all
 * @param corsMethods methods such pages may use; {@code *} for all
 * @param corsHeaders headers such pages may send; {@code *} for all
 * @param maxRequestBytes a longer request body is answered with 413
 * @param maxConcurrentRequests how many requests are worked on at once
 * @param maxWaitingRequests how many more may wait at the gate
 * @param admissionWait how long one waits at the gate before it is sent away with 503
 * @param trustedProxies addresses, separated by commas, of proxies that are believed what they say
 *     of the client; {@code *} for all
 * @param metricsEnabled whether {@code /metrics} answers
 */
public record HttpSettings(
    String basePath,
    @Nullable String authString,
    boolean csrfEnabled,
    Duration csrfTokenExpiration,
    List<String> corsOrigins,
    List<String> corsMethods,
    List<String> corsHeaders,
    long maxRequestBytes,
    int maxConcurrentRequests,
    int maxWaitingRequests,
    Duration admissionWait,
    String trustedProxies,
    boolean metricsEnabled) {
  /** Where Prefect's API lives unless PREFECT_SERVER_API_BASE_PATH says otherwise. */
  public static final String DEFAULT_BASE_PATH = "/api";

  private static final Duration DEFAULT_CSRF_TOKEN_EXPIRATION = Duration.ofHours(1);
  private static final long DEFAULT_MAX_REQUEST_BYTES = 16L * 1024 * 1024;
  private static final int DEFAULT_MAX_CONCURRENT_REQUESTS = 256;
  private static final int DEFAULT_MAX_WAITING_REQUESTS = 4096;
  private static final String DEFAULT_TRUSTED_PROXIES = "127.0.0.1,::1";
  private static final Duration DEFAULT_ADMISSION_WAIT = Duration.ofSeconds(10);

  /** Brings the base path into its one form. */
  public HttpSettings {
    basePath = normalized(basePath);
    corsOrigins = List.copyOf(corsOrigins);
    corsMethods = List.copyOf(corsMethods);
    corsHeaders = List.copyOf(corsHeaders);
  }

  /** The settings of a server that was told nothing. */
  public static HttpSettings defaults() {
    return new HttpSettings(
        DEFAULT_BASE_PATH,
        null,
        false,
        DEFAULT_CSRF_TOKEN_EXPIRATION,
        List.of("*"),
        List.of("*"),
        List.of("*"),
        DEFAULT_MAX_REQUEST_BYTES,
        DEFAULT_MAX_CONCURRENT_REQUESTS,
        DEFAULT_MAX_WAITING_REQUESTS,
        DEFAULT_ADMISSION_WAIT,
        DEFAULT_TRUSTED_PROXIES,
        false);
  }

  /** Whether a decoded path belongs to the API. */
  boolean isApi(String path) {
    return path.length() > basePath.length()
        && path.charAt(basePath.length()) == '/'
        && path.startsWith(basePath);
  }

  /** A settings text such as {@code GET, POST} as its parts. */
  public static List<String> commaSeparated(String text) {
    return List.of(text.split(",", -1)).stream().map(String::strip).toList();
  }

  private static String normalized(String basePath) {
    String inner = basePath.strip();
    while (inner.endsWith("/")) {
      inner = inner.substring(0, inner.length() - 1);
    }
    return inner.isEmpty() || inner.startsWith("/") ? inner : "/" + inner;
  }
}
