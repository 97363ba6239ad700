package io.annals.command.flow;

import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.command.flow.FlowCommand.DeleteFlow;
import io.annals.command.flow.FlowCommand.RetagFlow;
import io.annals.command.log.FaceKey;
import io.annals.events.flow.FlowEvent;
import io.annals.events.log.Face;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** Takes commands about flows: loads the flow, decides, and records. */
public final class FlowHandler {
  private final Repository<FlowAggregate> repository;
  private final FindFlowByName findFlowByName;
  private final KeyedLocks locks;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about flows.
   *
   * @param ids makes ids that were never made before
   */
  public FlowHandler(
      Repository<FlowAggregate> repository,
      FindFlowByName findFlowByName,
      KeyedLocks locks,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.repository = repository;
    this.findFlowByName = findFlowByName;
    this.locks = locks;
    this.clock = clock;
    this.ids = ids;
  }

  /** Registers a flow, or finds the one of that name. */
  @CommandHandler
  public Created handle(CreateFlow command) throws Exception {
    locks.holdUntilFinished(CreateFlow.class, command.name());
    Optional<UUID> existing = findFlowByName.idOf(command.name());
    if (existing.isPresent()) {
      return new Created(existing.get(), false);
    }
    UUID flowId = ids.get();
    begin(FlowDecider.create(command, flowId));
    return new Created(flowId, true);
  }

  /** What happened is recorded on the way, as Axon asks for the name of the stream right after. */
  private void begin(FlowEvent first) throws Exception {
    repository.newInstance(
        () -> {
          FlowAggregate aggregate = new FlowAggregate();
          record(aggregate, first);
          return aggregate;
        });
  }

  /** Replaces tags. */
  @CommandHandler
  public void handle(RetagFlow command) {
    decide(command.flowId(), flow -> FlowDecider.retag(flow, command));
  }

  /** Deletes a flow. */
  @CommandHandler
  public void handle(DeleteFlow command) {
    decide(command.flowId(), FlowDecider::delete);
  }

  private void decide(UUID flowId, Function<Flow, FlowEvent> decide) {
    Aggregate<FlowAggregate> loaded;
    try {
      loaded = repository.load(FlowAggregate.stream(flowId));
    } catch (AggregateNotFoundException none) {
      throw missing();
    }
    Flow flow =
        loaded
            .<Optional<Flow>>invoke(aggregate -> Optional.ofNullable(aggregate.flow()))
            .orElseThrow(FlowHandler::missing);
    loaded.execute(aggregate -> record(aggregate, decide.apply(flow)));
  }

  private void record(FlowAggregate aggregate, FlowEvent event) {
    @Nullable Flow before = aggregate.flow();
    @Nullable Flow after = Flow.evolve(before, event);
    Flow shown = after == null ? before : after;
    if (shown == null) {
      throw new IllegalStateException("flow " + event.flowId() + " neither is nor was");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Face face = FlowFaces.of(shown, event, ids.get(), now);
    AggregateLifecycle.apply(event, MetaData.with(FaceKey.FACE, face));
  }

  private static RefusedException missing() {
    return new Refusal(Kind.NOT_FOUND, "Flow not found").asException();
  }
}
