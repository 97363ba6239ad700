package io.annals.app.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the one auth string on everything below the API prefix, unknown paths included. Only the
 * two probes are open, by their exact path. Websockets authenticate in their own handshake.
 */
final class BasicAuthFilter implements Filter {
  private static final FixedAnswer UNAUTHORIZED =
      FixedAnswer.exceptionMessage(HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized");
  private static final String SCHEME = "Basic";
  private static final String PRINCIPAL = BasicAuthFilter.class.getName();

  private final HttpSettings settings;
  private final byte[] expected;
  private final byte[] usualHeader;
  private final String principal;

  BasicAuthFilter(HttpSettings settings, String authString) {
    this.settings = settings;
    this.expected = authString.getBytes(StandardCharsets.UTF_8);
    this.usualHeader =
        (SCHEME + " " + Base64.getEncoder().encodeToString(expected))
            .getBytes(StandardCharsets.ISO_8859_1);
    this.principal = user(authString);
  }

  /** Who was let in, if anybody was asked. */
  static @Nullable String principal(ServletRequest request) {
    return (String) request.getAttribute(PRINCIPAL);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    RequestTarget target = RequestTarget.of(asked);
    if (target.upgrade() || !settings.isApi(target.path())) {
      chain.doFilter(request, response);
    } else if (knows(asked.getHeader("Authorization"))) {
      request.setAttribute(PRINCIPAL, principal);
      chain.doFilter(request, response);
    } else if (isProbe(asked, target.path())) {
      chain.doFilter(request, response);
    } else {
      UNAUTHORIZED.send((HttpServletResponse) response);
    }
  }

  private boolean isProbe(HttpServletRequest request, String path) {
    if (!request.getMethod().equals("GET")) {
      return false;
    }
    String probe = path.substring(settings.basePath().length());
    return probe.equals("/health") || probe.equals("/ready");
  }

  /** Whether a header lets its request in. */
  boolean knows(@Nullable String header) {
    if (header == null) {
      return false;
    }
    return MessageDigest.isEqual(usualHeader, header.getBytes(StandardCharsets.ISO_8859_1))
        || (expected.length > 0 && MessageDigest.isEqual(expected, unusual(header)));
  }

  /** Other spellings Prefect's server takes: more blanks, base64 with line breaks or strays. */
  private static byte[] unusual(String header) {
    String[] words = header.strip().split("\\s+", -1);
    if (words.length != 2 || !words[0].equals(SCHEME)) {
      return new byte[0];
    }
    try {
      return Base64.getMimeDecoder().decode(words[1]);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  /** The part before the colon: the whole string is a secret and must not reach the log. */
  private static String user(String authString) {
    int colon = authString.indexOf(':');
    return colon > 0 ? authString.substring(0, colon) : "api";
  }
}
