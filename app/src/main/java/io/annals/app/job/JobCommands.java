package io.annals.app.job;

import io.annals.command.decision.RefusedException;
import io.annals.command.log.FaceKey;
import io.annals.events.log.Origin;
import java.util.function.Consumer;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands on behalf of a job, and remembers with them which one it was. */
public final class JobCommands {
  private static final Logger log = LoggerFactory.getLogger(JobCommands.class);

  private final CommandGateway gateway;

  /** Sends through a gateway, which decides again what conflicts. */
  public JobCommands(CommandGateway gateway) {
    this.gateway = gateway;
  }

  /** Waits for the answer. */
  public @Nullable Object ask(String job, Object command) {
    Origin origin = new Origin(job, null, null, command.getClass().getSimpleName());
    return gateway.sendAndWait(
        new GenericCommandMessage<>(command, MetaData.with(FaceKey.ORIGIN, origin)));
  }

  /**
   * Does something about each of several things. One that fails is logged and left to the job's
   * next time; it never keeps the others from their turn.
   */
  public <T> void forEach(String job, Iterable<T> things, Consumer<T> work) {
    for (T thing : things) {
      try {
        work.accept(thing);
      } catch (RefusedException gone) {
        log.debug("Job {} came too late for {}: {}", job, thing, gone.getMessage());
      } catch (RuntimeException failure) {
        log.error("Job {} failed for {}", job, thing, failure);
      }
    }
  }
}
