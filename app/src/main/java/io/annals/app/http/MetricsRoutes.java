package io.annals.app.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The server's metrics for Prometheus, if it was told to show them. */
@RestController
class MetricsRoutes {
  static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpSettings settings;
  private final ObjectProvider<PrometheusMeterRegistry> registry;

  MetricsRoutes(HttpSettings settings, ObjectProvider<PrometheusMeterRegistry> registry) {
    this.settings = settings;
    this.registry = registry;
  }

  @GetMapping("/metrics")
  void metrics(HttpServletResponse response) throws IOException {
    PrometheusMeterRegistry meters = registry.getIfAvailable();
    if (!settings.metricsEnabled() || meters == null) {
      UnroutedAnswers.sendNotFound(response);
      return;
    }
    response.setContentType(TEXT_FORMAT);
    meters.scrape(response.getOutputStream(), TEXT_FORMAT);
  }
}
