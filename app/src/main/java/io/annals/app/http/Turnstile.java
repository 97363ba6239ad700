package io.annals.app.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Room for so much at once. Requests that find none wait, first come first served; when too many
 * wait, or one has waited too long, it gets 503 with Retry-After, which Prefect's client obeys.
 */
final class Turnstile {
  /** Seconds after which a request that was sent away may come back. */
  static final String RETRY_AFTER_SECONDS = "1";

  private static final FixedAnswer TOO_BUSY =
      FixedAnswer.exceptionMessage(
          HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service Unavailable");

  private final HttpSettings settings;
  private final Semaphore room;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Counter delayed;
  private final Counter refused;

  /**
   * Opens with all of its room free.
   *
   * @param name what its meters begin with
   * @param units how much there is room for
   */
  Turnstile(String name, int units, HttpSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.room = new Semaphore(units, true);
    this.delayed = meters.counter(name + ".delayed");
    this.refused = meters.counter(name + ".refused");
    Gauge.builder(name + ".waiting", waiting, AtomicInteger::get).register(meters);
    Gauge.builder(name + ".in.flight", room, free -> units - (double) free.availablePermits())
        .register(meters);
  }

  /** Whether there is room by now; who gets it gives it back with {@link #leave}. */
  boolean enter(int units) {
    try {
      // With a time-out of zero the fair semaphore does not let newcomers pass those who wait.
      return room.tryAcquire(units, 0, TimeUnit.NANOSECONDS) || enterAfterWaiting(units);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean enterAfterWaiting(int units) throws InterruptedException {
    delayed.increment();
    try {
      return waiting.incrementAndGet() <= settings.maxWaitingRequests()
          && room.tryAcquire(units, settings.admissionWait().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  void leave(int units) {
    room.release(units);
  }

  /** Answers that there is no room now. */
  void sendAway(HttpServletResponse answer) throws IOException {
    refused.increment();
    answer.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    TOO_BUSY.send(answer);
  }
}
