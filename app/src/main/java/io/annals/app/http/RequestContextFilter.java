package io.annals.app.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gives each request its {@link RequestContext}, and tells the client the request's id. */
final class RequestContextFilter implements Filter {
  /** A longer X-Request-Id is not taken over: it would be stored with every event. */
  static final int MAX_REQUEST_ID_LENGTH = 128;

  /** A longer User-Agent is cut, for the same reason. */
  static final int MAX_CLIENT_LENGTH = 256;

  private static final String REQUEST_ID = "X-Request-Id";
  private static final int START_ID_BYTES = 8;

  /** Tells starts of the server apart: random once, then counting, which costs next to nothing. */
  private final String start;

  private final AtomicLong count = new AtomicLong();

  RequestContextFilter() {
    byte[] random = new byte[START_ID_BYTES];
    new SecureRandom().nextBytes(random);
    this.start = HexFormat.of().formatHex(random) + "-";
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    RequestContext context =
        new RequestContext(
            BasicAuthFilter.principal(request),
            cut(asked.getHeader("User-Agent")),
            requestId(asked.getHeader(REQUEST_ID)),
            asked.getHeader(ApiVersionCheck.HEADER));
    ((HttpServletResponse) response).setHeader(REQUEST_ID, context.requestId());
    try {
      ScopedValue.where(RequestContext.CURRENT, context)
          .call(
              () -> {
                chain.doFilter(request, response);
                return true;
              });
    } catch (IOException | ServletException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new ServletException(impossible);
    }
  }

  private String requestId(@Nullable String sent) {
    return sent != null && isUsable(sent) ? sent : start + count.incrementAndGet();
  }

  private static boolean isUsable(String id) {
    return !id.isEmpty()
        && id.length() <= MAX_REQUEST_ID_LENGTH
        && id.chars().allMatch(character -> character > ' ' && character < 0x7f);
  }

  private static @Nullable String cut(@Nullable String client) {
    return client == null || client.length() <= MAX_CLIENT_LENGTH
        ? client
        : client.substring(0, MAX_CLIENT_LENGTH);
  }
}
