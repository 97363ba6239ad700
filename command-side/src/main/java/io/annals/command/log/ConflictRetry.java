package io.annals.command.log;

import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Decides a command again on fresh state when somebody else was faster. The cached entity was
 * dropped by the rollback; at once is soon enough, because the winner has committed.
 */
public final class ConflictRetry implements RetryScheduler {
  /** How often a command is decided before the conflict is the caller's (409). */
  public static final int MAX_ATTEMPTS = 5;

  @Override
  @SuppressWarnings("rawtypes") // Axon's signature
  public boolean scheduleRetry(
      CommandMessage command,
      RuntimeException lastFailure,
      List<Class<? extends Throwable>[]> failures,
      Runnable dispatch) {
    if (!(lastFailure instanceof ConcurrencyException) || failures.size() >= MAX_ATTEMPTS) {
      return false;
    }
    Thread.startVirtualThread(dispatch);
    return true;
  }
}
