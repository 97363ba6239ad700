package io.annals.app.job;

import io.annals.command.decision.RefusedException;
import io.annals.command.log.FaceKey;
import io.annals.events.log.Origin;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands on behalf of a job, which is remembered with what comes of them. */
public final class JobCommands {
  private static final Logger log = LoggerFactory.getLogger(JobCommands.class);

  private final CommandGateway gateway;
  private final String job;

  /** For one job. */
  public JobCommands(CommandGateway gateway, String job) {
    this.gateway = gateway;
    this.job = job;
  }

  /** Waits until it is done. */
  public void tell(Object command) {
    Origin origin = new Origin(job, null, null, command.getClass().getSimpleName());
    gateway.sendAndWait(
        new GenericCommandMessage<>(command, MetaData.with(FaceKey.ORIGIN, origin)));
  }

  /**
   * Does something about each of several things. One that fails is logged and left to the job's
   * next time; it never keeps the others from their turn.
   *
   * @return for how many it was done
   * @throws RuntimeException why the first one failed, when nothing could be done for any: then it
   *     is the job that fails, and those who watch it shall know
   * @throws CancellationException when the job is stopped
   */
  public <T> int forEach(Iterable<T> things, Consumer<T> work) {
    int done = 0;
    @Nullable RuntimeException firstFailure = null;
    for (T thing : things) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Job %s was stopped".formatted(job));
      }
      try {
        work.accept(thing);
        done++;
      } catch (RefusedException gone) {
        log.debug("Job {} came too late for {}: {}", job, thing, gone.getMessage());
      } catch (RuntimeException failure) {
        log.error("Job {} failed for {}", job, thing, failure);
        firstFailure = firstFailure == null ? failure : firstFailure;
      }
    }
    if (done == 0 && firstFailure != null) {
      throw firstFailure;
    }
    return done;
  }
}
