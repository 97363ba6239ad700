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
 * Refuses bodies over the limit with 413: at once when the client says how long its body is, else
 * as soon as too much of it has been read. Prefect's server has no such limit.
 */
final class BodyLimitFilter implements Filter {
  private final long maxBytes;
  private final FixedAnswer tooLarge;

  BodyLimitFilter(HttpSettings settings) {
    this.maxBytes = settings.maxRequestBytes();
    this.tooLarge =
        FixedAnswer.detail(
            HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, BodyTooLargeException.text(maxBytes));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    long length = request.getContentLengthLong();
    if (length > maxBytes) {
      refuse(answer);
    } else if (length >= 0 || asked.getHeader("Transfer-Encoding") == null) {
      chain.doFilter(request, response);
    } else {
      passCounting(asked, answer, chain);
    }
  }

  private void passCounting(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    CountedBody body = new CountedBody(request, maxBytes);
    try {
      chain.doFilter(body, response);
    } catch (IOException | ServletException | RuntimeException failure) {
      if (!body.exceeded()) {
        throw failure;
      }
    }
    if (body.exceeded() && !response.isCommitted()) {
      // Whatever the route made of the broken body, this is the reason that helps.
      response.resetBuffer();
      refuse(response);
    }
  }

  private void refuse(HttpServletResponse response) throws IOException {
    response.setHeader("Connection", "close");
    tooLarge.send(response);
  }
}
