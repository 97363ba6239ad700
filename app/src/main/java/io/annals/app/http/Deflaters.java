package io.annals.app.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.Deflater;

/** A few deflaters for reuse: each holds some 250 KB of native memory that takes time to set up. */
final class Deflaters {
  /** How many are kept when nobody uses them. */
  static final int MAX_KEPT = 16;

  private final BlockingQueue<Deflater> free = new ArrayBlockingQueue<>(MAX_KEPT);

  /** A deflater without zlib's frame; level 1 costs two thirds of level 6 for 5 % more bytes. */
  Deflater borrow() {
    Deflater known = free.poll();
    return known == null ? new Deflater(Deflater.BEST_SPEED, true) : known;
  }

  /** Takes a deflater back. */
  void giveBack(Deflater deflater) {
    deflater.reset();
    if (!free.offer(deflater)) {
      deflater.end();
    }
  }
}
