package io.annals.app.database;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has PostgreSQL started again when it ended although nobody stopped it. It does not do so for
 * ever: what ends again and again needs a person.
 */
final class PostmasterWatch implements AutoCloseable {
  /** Attempts to start it again, those that fail included. */
  static final int MOST_RESTARTS = 6;

  /** An attempt longer ago than this does not count any more. */
  static final Duration RESTARTS_WITHIN = Duration.ofMinutes(10);

  /** How often is looked. After each attempt the pause doubles: processes of the old one linger. */
  static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(PostmasterWatch.class);

  private final BooleanSupplier isRunning;
  private final Restart restart;
  private final Duration looksEvery;
  private final Deque<Long> attempts = new ArrayDeque<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /** How it is started again. */
  @FunctionalInterface
  interface Restart {
    /** Returns when it is up again. */
    void run() throws IOException;
  }

  PostmasterWatch(BooleanSupplier isRunning, Restart restart, Duration looksEvery) {
    this.isRunning = isRunning;
    this.restart = restart;
    this.looksEvery = looksEvery;
    this.thread = Thread.ofVirtual().name("annals-postmaster-watch").start(this::watch);
  }

  /** Whether it would still be started again. */
  boolean isWatching() {
    return thread.isAlive();
  }

  /** Lets it rest from now on; an attempt that is under way comes to its end first. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!stopping.await(pause().toMillis(), TimeUnit.MILLISECONDS)) {
        if (!isRunning.getAsBoolean() && !triesToStart()) {
          return;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause() {
    return isRunning.getAsBoolean() ? looksEvery : looksEvery.multipliedBy(1L << attempts.size());
  }

  /** Tries once; answers whether it was tried. */
  private boolean triesToStart() {
    long now = System.nanoTime();
    attempts.removeIf(earlier -> now - earlier > RESTARTS_WITHIN.toNanos());
    if (attempts.size() == MOST_RESTARTS) {
      log.error(
          "The embedded PostgreSQL is left alone after {} attempts to start it again within {};"
              + " see its server.log, then start Annals again",
          MOST_RESTARTS,
          RESTARTS_WITHIN);
      return false;
    }
    attempts.add(now);
    log.error(
        "The embedded PostgreSQL has ended; it is started again (attempt {} of {} within {})",
        attempts.size(),
        MOST_RESTARTS,
        RESTARTS_WITHIN);
    try {
      restart.run();
    } catch (IOException | RuntimeException failure) {
      log.error("The embedded PostgreSQL did not start", failure);
    }
    return true;
  }
}
