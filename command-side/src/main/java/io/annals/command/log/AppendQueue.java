package io.annals.command.log;

import io.annals.command.decision.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What waits for the group commit, within bounds, first come first served. */
final class AppendQueue {
  private final LogLimits limits;
  private final LinkedBlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicLong characters = new AtomicLong();

  AppendQueue(LogLimits limits) {
    this.limits = limits;
  }

  /**
   * Queues an append.
   *
   * @throws UnavailableException when too much waits already
   */
  void add(Append append) {
    int size = append.events().size();
    long length = append.characters();
    boolean tooMany = isTooMuch(events.getAndAdd(size), size, limits.maxQueuedEvents());
    boolean tooLong = isTooMuch(characters.getAndAdd(length), length, limits.maxQueuedCharacters());
    if (tooMany || tooLong) {
      forget(size, length);
      throw new UnavailableException("Too many events wait for their commit");
    }
    waiting.add(append);
  }

  /** What waits alone may be larger than the bound: it would never get in otherwise. */
  private static boolean isTooMuch(long ahead, long more, long bound) {
    return ahead > 0 && ahead + more > bound;
  }

  /** Takes out all that waits. */
  List<Append> drained() {
    List<Append> all = new ArrayList<>();
    waiting.drainTo(all);
    all.forEach(append -> forget(append.events().size(), append.characters()));
    return all;
  }

  /** Queues an append past the bounds. */
  void addAlways(Append append) {
    events.addAndGet(append.events().size());
    characters.addAndGet(append.characters());
    waiting.add(append);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int events() {
    return events.get();
  }

  /** Waits until something is there. */
  Append take() {
    return Uninterrupted.take(waiting);
  }

  /** What is committed together: the first, and as many after it as fit into a batch. */
  List<Append> batch(Append first) {
    List<Append> batch = new ArrayList<>();
    int size = 0;
    long length = 0;
    Append next = first;
    while (next != null) {
      batch.add(next);
      size += next.events().size();
      length += next.characters();
      Append following = waiting.peek();
      boolean fits =
          following != null
              && size + following.events().size() <= limits.maxBatchEvents()
              && length + following.characters() <= limits.maxBatchCharacters();
      next = fits ? waiting.poll() : null;
    }
    forget(size, length);
    return batch;
  }

  private void forget(int size, long length) {
    events.addAndGet(-size);
    characters.addAndGet(-length);
  }
}
