package io.annals.app.http;

import io.annals.events.log.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, with what client, in which request: what a route may want to know beyond its arguments
 * and what an event remembers as its origin.
 *
 * @param principal the authenticated user; null when nobody is asked for credentials
 * @param client the User-Agent header
 * @param requestId the client's X-Request-Id, or one made here
 * @param apiVersion the X-PREFECT-API-VERSION header
 */
public record RequestContext(
    @Nullable String principal,
    @Nullable String client,
    String requestId,
    @Nullable String apiVersion) {
  static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  private static final String PREFECT = "prefect/";
  private static final String API = " (API ";

  /** The context of the request that this thread works for; an exception outside of requests. */
  public static RequestContext current() {
    return CURRENT.get();
  }

  /** The origin of what this request brings about. */
  public Origin origin(@Nullable String cause) {
    return new Origin(principal, client, requestId, cause);
  }

  /** The version a Prefect Python client names in its User-Agent; null for other clients. */
  public @Nullable String prefectVersion() {
    if (client == null || !client.startsWith(PREFECT)) {
      return null;
    }
    int end = client.indexOf(API, PREFECT.length());
    return end > PREFECT.length() ? client.substring(PREFECT.length(), end) : null;
  }
}
