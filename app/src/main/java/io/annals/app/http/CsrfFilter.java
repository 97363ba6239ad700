package io.annals.app.http;

import io.annals.query.csrf.CsrfTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Turns writes away that bring no valid CSRF token, on every path of the server and before anything
 * else is asked: Prefect's CsrfMiddleware.
 */
final class CsrfFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(CsrfFilter.class);
  private static final FixedAnswer NO_TOKEN =
      FixedAnswer.detail(HttpServletResponse.SC_FORBIDDEN, "Missing CSRF token.");
  private static final FixedAnswer NO_CLIENT =
      FixedAnswer.detail(HttpServletResponse.SC_FORBIDDEN, "Missing client identifier.");
  private static final FixedAnswer NOT_VALID =
      FixedAnswer.detail(
          HttpServletResponse.SC_FORBIDDEN, "Invalid CSRF token or client identifier.");
  private static final FixedAnswer UNAVAILABLE =
      FixedAnswer.exceptionMessage(
          HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service Unavailable");

  private final CsrfTokens tokens;

  CsrfFilter(CsrfTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    FixedAnswer refusal = writes(asked) ? refusal(asked) : null;
    if (refusal == null) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse answer = (HttpServletResponse) response;
    if (refusal == NOT_VALID) {
      answer.setHeader("Access-Control-Allow-Origin", "*");
    }
    refusal.send(answer);
  }

  private @Nullable FixedAnswer refusal(HttpServletRequest request) {
    String token = request.getHeader("Prefect-Csrf-Token");
    if (token == null) {
      return NO_TOKEN;
    }
    String client = request.getHeader("Prefect-Csrf-Client");
    if (client == null) {
      return NO_CLIENT;
    }
    try {
      return tokens.isValid(client, token) ? null : NOT_VALID;
    } catch (DataAccessException failure) {
      LOG.warn("A CSRF token could not be looked up", failure);
      return UNAVAILABLE;
    }
  }

  private static boolean writes(HttpServletRequest request) {
    return switch (request.getMethod()) {
      case "POST", "PUT", "PATCH", "DELETE" -> true;
      default -> false;
    };
  }
}
