package io.annals.app.job;

import io.annals.command.decision.RefusedException;
import io.annals.command.log.FaceKey;
import io.annals.events.log.Origin;
import java.util.function.Consumer;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
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
   */
  public <T> int forEach(Iterable<T> things, Consumer<T> work) {
    int done = 0;
    for (T thing : things) {
      try {
        work.accept(thing);
        done++;
      } catch (RefusedException gone) {
        log.debug("Job {} came too late for {}: {}", job, thing, gone.getMessage());
      } catch (RuntimeException failure) {
        log.error("Job {} failed for {}", job, thing, failure);
      }
    }
    return done;
  }
}
