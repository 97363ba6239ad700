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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tells browsers which pages may call this server, in the words of Prefect's server (Starlette's
 * CORSMiddleware without credentials): also on 401 answers, on every path.
 */
final class CorsFilter implements Filter {
  private static final String ALL = "*";
  private static final String MAX_AGE_SECONDS = "600";
  private static final List<String> ALL_METHODS =
      List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
  private static final Set<String> ALWAYS_ALLOWED =
      Set.of("Accept", "Accept-Language", "Content-Language", "Content-Type");

  private final Set<String> origins;
  private final boolean anyOrigin;
  private final List<String> methods;
  private final String methodsHeader;
  private final boolean anyHeader;
  private final Set<String> headers;
  private final String headersHeader;

  CorsFilter(HttpSettings settings) {
    this.origins = Set.copyOf(settings.corsOrigins());
    this.anyOrigin = origins.contains(ALL);
    this.methods = settings.corsMethods().contains(ALL) ? ALL_METHODS : settings.corsMethods();
    this.methodsHeader = String.join(", ", methods);
    this.anyHeader = settings.corsHeaders().contains(ALL);
    Set<String> allowed = new TreeSet<>(ALWAYS_ALLOWED);
    allowed.addAll(settings.corsHeaders());
    this.headers =
        allowed.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.headersHeader = String.join(", ", allowed);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    String origin = asked.getHeader("Origin");
    if (origin == null || RequestTarget.of(asked).upgrade()) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse answer = (HttpServletResponse) response;
    String method = asked.getHeader("Access-Control-Request-Method");
    if (method != null && asked.getMethod().equals("OPTIONS")) {
      preflight(asked, origin, method, answer);
      return;
    }
    if (anyOrigin) {
      answer.setHeader("Access-Control-Allow-Origin", ALL);
    } else if (origins.contains(origin)) {
      answer.setHeader("Access-Control-Allow-Origin", origin);
      answer.addHeader("Vary", "Origin");
    }
    chain.doFilter(request, response);
  }

  private void preflight(
      HttpServletRequest request, String origin, String method, HttpServletResponse answer)
      throws IOException {
    List<String> failures = new ArrayList<>();
    if (anyOrigin) {
      answer.setHeader("Access-Control-Allow-Origin", ALL);
    } else {
      answer.setHeader("Vary", "Origin");
      if (origins.contains(origin)) {
        answer.setHeader("Access-Control-Allow-Origin", origin);
      } else {
        failures.add("origin");
      }
    }
    answer.setHeader("Access-Control-Allow-Methods", methodsHeader);
    answer.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
    if (!methods.contains(method)) {
      failures.add("method");
    }
    String wanted = request.getHeader("Access-Control-Request-Headers");
    if (!anyHeader) {
      answer.setHeader("Access-Control-Allow-Headers", headersHeader);
    } else if (wanted != null) {
      answer.setHeader("Access-Control-Allow-Headers", wanted);
    }
    if (!anyHeader && wanted != null && !allAllowed(wanted)) {
      failures.add("headers");
    }
    if (request.getHeader("Access-Control-Request-Private-Network") != null) {
      failures.add("private-network");
    }
    sendPreflight(failures, answer);
  }

  private boolean allAllowed(String wanted) {
    return List.of(wanted.split(",", -1)).stream()
        .allMatch(name -> headers.contains(name.strip().toLowerCase(Locale.ROOT)));
  }

  private static void sendPreflight(List<String> failures, HttpServletResponse answer)
      throws IOException {
    boolean allowed = failures.isEmpty();
    String text = allowed ? "OK" : "Disallowed CORS " + String.join(", ", failures);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    answer.setStatus(allowed ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST);
    answer.setContentType("text/plain;charset=utf-8");
    answer.setContentLength(body.length);
    answer.getOutputStream().write(body);
  }
}
