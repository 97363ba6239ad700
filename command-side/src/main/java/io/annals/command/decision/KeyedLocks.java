package io.annals.command.decision;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Puts commands that would create the same thing in a row, within this process: the second one
 * looks for what the first one has created only after that is stored. Between processes the unique
 * indexes of the projections do it.
 *
 * <p>Keys share a fixed number of locks, so unrelated keys may wait for each other. A command may
 * hold one key only, or two commands could wait for each other for ever.
 */
public final class KeyedLocks {
  /** How many locks all keys share: far more than commands that can be under way. */
  public static final int LOCKS = 1024;

  private final Lock[] locks = new Lock[LOCKS];

  /** All locks free. */
  public KeyedLocks() {
    Arrays.setAll(locks, index -> new ReentrantLock());
  }

  /** Waits until the key is free, and holds it until the current unit of work is over. */
  public void holdUntilFinished(Object... key) {
    UnitOfWork<?> work = CurrentUnitOfWork.get().root();
    Lock lock = locks[Math.floorMod(spread(Objects.hash(key)), LOCKS)];
    lock.lock();
    work.onCleanup(done -> lock.unlock());
  }

  /** Hashes of similar keys differ in their low bits only: mixes the high ones in. */
  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }
}
