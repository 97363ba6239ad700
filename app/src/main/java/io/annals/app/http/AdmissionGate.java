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
import java.util.Set;

/** Lets a bounded number of requests in at once. */
final class AdmissionGate implements Filter {
  private final Turnstile places;
  private final Set<String> alwaysOpen;

  AdmissionGate(HttpSettings settings, MeterRegistry meters) {
    this.places =
        new Turnstile("annals.http.admission", settings.maxConcurrentRequests(), settings, meters);
    // A busy server is alive, and its metrics are what one needs to see then.
    this.alwaysOpen = Set.of(settings.basePath() + "/health", settings.basePath() + "/metrics");
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestTarget target = RequestTarget.of((HttpServletRequest) request);
    if (target.upgrade() || alwaysOpen.contains(target.path())) {
      chain.doFilter(request, response);
    } else if (places.enter(1)) {
      try {
        chain.doFilter(request, response);
      } finally {
        places.leave(1);
      }
    } else {
      places.sendAway((HttpServletResponse) response);
    }
  }
}
