package io.annals.app.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets so many bytes of large bodies in at once. What is made of a body takes several times its
 * length in memory, and the largest bodies of as many clients as the {@link AdmissionGate} lets in
 * would need more than there is. They wait before that gate, so that small requests, which are
 * nearly all, pass them. Its meters count KiB where they tell how much is inside.
 */
final class LargeBodyGate implements Filter {
  /** Bodies up to this length pass freely. */
  static final int MAX_FREE_BYTES = 64 * 1024;

  /** Bytes of large bodies that are inside at once, unless a single one may be longer. */
  static final int MAX_BYTES_AT_ONCE = 32 * 1024 * 1024;

  private static final int BYTES_PER_KIBIBYTE = 1024;

  private final HttpSettings settings;
  private final Turnstile room;

  LargeBodyGate(HttpSettings settings, MeterRegistry meters) {
    this.settings = settings;
    long bytes = Math.max(MAX_BYTES_AT_ONCE, settings.maxRequestBytes());
    this.room = new Turnstile("annals.http.large.bodies", kibibytes(bytes), settings, meters);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long bytes = bodyBytes((HttpServletRequest) request);
    if (bytes <= MAX_FREE_BYTES) {
      chain.doFilter(request, response);
    } else if (room.enter(kibibytes(bytes))) {
      try {
        chain.doFilter(request, response);
      } finally {
        room.leave(kibibytes(bytes));
      }
    } else {
      room.sendAway((HttpServletResponse) response);
    }
  }

  /**
   * What will be read of the body at most; one that does not tell its length may be the longest.
   */
  private long bodyBytes(HttpServletRequest request) {
    long told = request.getContentLengthLong();
    if (told < 0) {
      return request.getHeader("Transfer-Encoding") == null ? 0 : settings.maxRequestBytes();
    }
    return told <= settings.maxRequestBytes() ? told : 0; // too long a body is not read
  }

  private static int kibibytes(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, BYTES_PER_KIBIBYTE));
  }
}
