package io.annals.app.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gathers each answer, so that it leaves with its length, and compresses it for clients that take
 * gzip. Tomcat can compress too, but Spring flushes each body it writes, so that there every answer
 * is chunked, while Prefect's server sends lengths. In CPU time per request the two could not be
 * told apart; of the compression alone, a kept deflater takes 9 µs for 1.7 KB of JSON and the new
 * one that Tomcat makes for each answer 14 µs.
 */
final class CompressionFilter implements Filter {
  /** Shorter API answers are not worth compressing; Prefect's server draws the line here too. */
  static final int MIN_API_BYTES = 500;

  private final HttpSettings settings;
  private final Deflaters deflaters = new Deflaters();

  CompressionFilter(HttpSettings settings) {
    this.settings = settings;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    RequestTarget target = RequestTarget.of(asked);
    if (target.upgrade()) {
      chain.doFilter(request, response);
      return;
    }
    String accepted = asked.getHeader("Accept-Encoding");
    int minBytes = settings.isApi(target.path()) ? MIN_API_BYTES : 1;
    Deflaters mayCompress = accepted != null && accepted.contains("gzip") ? deflaters : null;
    try (GatheredAnswer answer =
        new GatheredAnswer((HttpServletResponse) response, minBytes, mayCompress)) {
      chain.doFilter(request, answer);
      answer.finish();
    }
  }
}
