package io.annals.command.decision;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done once it is known what became of a command. Nobody can be told any more when it
 * fails, so it may only do sooner what happens anyhow.
 */
public final class Aftermath {
  private static final Logger log = LoggerFactory.getLogger(Aftermath.class);

  private Aftermath() {}

  /** Does something once the events of the current unit of work are stored. */
  public static void whenStored(Runnable action) {
    CurrentUnitOfWork.get().root().afterCommit(work -> attempt(action));
  }

  /** Does something if the current unit of work fails. */
  public static void unlessStored(Runnable action) {
    CurrentUnitOfWork.get().root().onRollback(work -> attempt(action));
  }

  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      log.warn("What follows a command failed, and is left to the jobs", failure);
    }
  }
}
