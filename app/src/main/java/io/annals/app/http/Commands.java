package io.annals.app.http;

import io.annals.command.decision.RefusedException;
import io.annals.command.log.FaceKey;
import io.annals.command.state.Client;
import io.annals.events.log.Origin;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.springframework.stereotype.Component;

/** Sends commands on behalf of the request at hand, and remembers with them whose it was. */
@Component
class Commands {
  private final CommandGateway gateway;

  Commands(CommandGateway gateway) {
    this.gateway = gateway;
  }

  /** Waits for the answer, whose type the caller knows from the command. */
  <A> A ask(Object command, Class<A> answer) {
    return answer.cast(send(command, RequestContext.current()));
  }

  /** Waits until it is done. */
  void tell(Object command) {
    send(command, RequestContext.current());
  }

  /** The same for work that other threads do for the request. */
  void tell(Object command, RequestContext context) {
    send(command, context);
  }

  /** Waits until it is done; false when what it speaks of is gone, or never was. */
  boolean tellIfThere(Object command) {
    return tellIfThere(command, RequestContext.current());
  }

  /** The same for work that other threads do for the request. */
  boolean tellIfThere(Object command, RequestContext context) {
    try {
      send(command, context);
      return true;
    } catch (RefusedException refused) {
      if (refused.refusal().isOfMissing()) {
        return false;
      }
      throw refused;
    }
  }

  private Object send(Object command, RequestContext context) {
    Origin origin = context.origin(command.getClass().getSimpleName());
    return gateway.sendAndWait(
        new GenericCommandMessage<>(command, MetaData.with(FaceKey.ORIGIN, origin)));
  }

  /** What the request says about its client. */
  static Client client() {
    RequestContext context = RequestContext.current();
    return Client.of(context.apiVersion(), context.client());
  }
}
