package io.annals.app.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a bounded number of requests in at once. The others wait outside, first come first served;
 * when too many wait, or one has waited too long, it gets 503 with Retry-After, which Prefect's
 * client obeys.
 */
final class AdmissionGate implements Filter {
  /** Seconds after which a request that was sent away may come back. */
  static final String RETRY_AFTER_SECONDS = "1";

  private static final FixedAnswer TOO_BUSY =
      FixedAnswer.exceptionMessage(
          HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service Unavailable");

  private final HttpSettings settings;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<String> alwaysOpen;
  private final Counter delayed;
  private final Counter refused;

  AdmissionGate(HttpSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.places = new Semaphore(settings.maxConcurrentRequests(), true);
    // A busy server is alive, and its metrics are what one needs to see then.
    this.alwaysOpen = Set.of(settings.basePath() + "/health", settings.basePath() + "/metrics");
    this.delayed = meters.counter("annals.http.admission.delayed");
    this.refused = meters.counter("annals.http.admission.refused");
    Gauge.builder("annals.http.admission.waiting", waiting, AtomicInteger::get).register(meters);
    Gauge.builder("annals.http.admission.in.flight", places, this::inFlight).register(meters);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestTarget target = RequestTarget.of((HttpServletRequest) request);
    if (target.upgrade() || alwaysOpen.contains(target.path())) {
      chain.doFilter(request, response);
    } else if (admitted()) {
      try {
        chain.doFilter(request, response);
      } finally {
        places.release();
      }
    } else {
      refused.increment();
      sendAway((HttpServletResponse) response);
    }
  }

  /** Answers that there is no room now. */
  static void sendAway(HttpServletResponse answer) throws IOException {
    answer.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    TOO_BUSY.send(answer);
  }

  private boolean admitted() {
    try {
      // With a time-out of zero the fair semaphore does not let newcomers pass those who wait.
      return places.tryAcquire(0, TimeUnit.NANOSECONDS) || admittedAfterWaiting();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean admittedAfterWaiting() throws InterruptedException {
    delayed.increment();
    try {
      return waiting.incrementAndGet() <= settings.maxWaitingRequests()
          && places.tryAcquire(settings.admissionWait().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private double inFlight(Semaphore gate) {
    return settings.maxConcurrentRequests() - (double) gate.availablePermits();
  }
}
