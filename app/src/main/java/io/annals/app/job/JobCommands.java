package io.annals.app.job;

import io.annals.command.log.FaceKey;
import io.annals.events.log.Origin;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;

/** Sends commands on behalf of a job, which is remembered with what comes of them. */
public final class JobCommands {
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
}
