package io.annals.command.log;

import java.util.concurrent.BlockingQueue;

/**
 * Waits that an interrupt does not cut short: a commit under way is finished, then it is heeded.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  static <T> T take(BlockingQueue<T> queue) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return queue.take();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      restore(interrupted);
    }
  }

  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    restore(interrupted);
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
