package io.annals.app.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a body of known length without Content-Type as JSON: Prefect clients before 3.6.19 sent it
 * so.
 */
final class JsonByDefaultFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean untold =
        request.getContentLengthLong() > 0
            && request.getContentType() == null
            && mayHaveBody((HttpServletRequest) request);
    chain.doFilter(untold ? new JsonRequest((HttpServletRequest) request) : request, response);
  }

  private static boolean mayHaveBody(HttpServletRequest request) {
    return switch (request.getMethod()) {
      case "POST", "PUT", "PATCH" -> true;
      default -> false;
    };
  }

  private static final class JsonRequest extends HttpServletRequestWrapper {
    private static final String NAME = "Content-Type";
    private static final String JSON = "application/json";

    JsonRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getContentType() {
      return JSON;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase(NAME) ? JSON : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return name.equalsIgnoreCase(NAME)
          ? Collections.enumeration(List.of(JSON))
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
      names.add(NAME);
      return Collections.enumeration(names);
    }
  }
}
