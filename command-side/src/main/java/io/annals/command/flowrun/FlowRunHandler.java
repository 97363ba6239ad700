package io.annals.command.flowrun;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Created;
import io.annals.command.decision.Decision;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.flowrun.FindFlow.FlowFacts;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteEndedFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.LabelFlowRun;
import io.annals.command.flowrun.FlowRunCommand.LeaveFlowRunState;
import io.annals.command.flowrun.FlowRunCommand.MarkFlowRunLate;
import io.annals.command.flowrun.FlowRunCommand.OfOneRun;
import io.annals.command.flowrun.FlowRunCommand.ResumeFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.FlowRunCommand.StoreFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.UpdateFlowRun;
import io.annals.command.flowrun.FlowRunDecider.Beginning;
import io.annals.command.flowrun.FlowRunFaces.Surroundings;
import io.annals.command.log.FaceKey;
import io.annals.command.state.Client;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.log.Face;
import io.annals.events.state.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes commands about flow runs: loads the run, gathers facts, decides, and records. */
public final class FlowRunHandler implements TakeBackRuns {
  private final Repository<FlowRunAggregate> repository;
  private final FlowRunPorts ports;
  private final SlotKeeping slots;
  private final KeyedLocks locks;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Supplier<String> names;

  /**
   * A handler of all commands about flow runs.
   *
   * @param ids makes ids that were never made before
   * @param names makes up names for runs that were given none
   */
  public FlowRunHandler(
      Repository<FlowRunAggregate> repository,
      FlowRunPorts ports,
      KeyedLocks locks,
      InstantSource clock,
      Supplier<UUID> ids,
      Supplier<String> names) {
    this.repository = repository;
    this.ports = ports;
    this.slots = new SlotKeeping(ports.deploymentSlots());
    this.locks = locks;
    this.clock = clock;
    this.ids = ids;
    this.names = names;
  }

  /** Creates a run, or finds the one that the idempotency key stands for. */
  @CommandHandler
  public Created handle(CreateFlowRun command) throws Exception {
    String key = command.idempotencyKey();
    if (key != null) {
      locks.holdUntilFinished(CreateFlowRun.class, command.flowId(), key);
      Optional<UUID> existing = ports.findByIdempotencyKey().idOf(command.flowId(), key);
      if (existing.isPresent()) {
        return new Created(existing.get(), false);
      }
    }
    FlowFacts flow =
        ports.findFlow().byId(command.flowId()).orElseThrow(Refusal.INTEGRITY::asException);
    UUID parent = command.parentTaskRunId();
    if (parent != null && ports.findParentTask().byId(parent).isEmpty()) {
      throw Refusal.INTEGRITY.asException();
    }
    ObjectNode inherited = deploymentLabels(command).orElse(flow.labels());
    Beginning beginning = new Beginning(ids.get(), ids.get(), names.get(), inherited, now());
    Decision<FlowRunEvent, Created> decision = FlowRunDecider.create(command, beginning);
    begin(decision.events());
    copyToParent(command.parentTaskRunId(), decision.events());
    return decision.answer();
  }

  /** Those of the deployment and those that name it, which a run has instead of its flow's. */
  private Optional<ObjectNode> deploymentLabels(CreateFlowRun command) {
    return Optional.ofNullable(command.deploymentId())
        .flatMap(ports.findDeployment()::byId)
        .map(found -> SystemLabels.ofDeployment(found.labels(), command.flowId(), found.id()));
  }

  /**
   * What happened first is recorded on the way, as Axon asks for the name of the stream right after
   * that.
   */
  private void begin(List<FlowRunEvent> events) throws Exception {
    repository
        .newInstance(
            () -> {
              FlowRunAggregate aggregate = new FlowRunAggregate();
              record(aggregate, events.subList(0, 1));
              return aggregate;
            })
        .execute(aggregate -> record(aggregate, events.subList(1, events.size())));
  }

  /** Asks the rules about a proposed state. */
  @CommandHandler
  public Answer handle(SetFlowRunState command) {
    return decide(
        command,
        run ->
            slots.decide(
                SlotKeeping.question(run, command),
                slot -> FlowRunDecider.setState(run, command, slot, ids.get(), now())));
  }

  /** Moves a run on that is still where it was. */
  @CommandHandler
  public boolean handle(LeaveFlowRunState command) {
    SetFlowRunState move =
        new SetFlowRunState(
            command.flowRunId(), command.proposed(), command.force(), Client.UNKNOWN);
    return decide(
        command,
        run -> {
          State current = run.state();
          if (current == null || !current.id().equals(command.fromStateId())) {
            return new Decision<>(List.of(), false);
          }
          Decision<FlowRunEvent, Answer> decision =
              slots.decide(
                  SlotKeeping.question(run, move),
                  slot -> FlowRunDecider.setState(run, move, slot, ids.get(), now()));
          return new Decision<>(decision.events(), decision.answer().written());
        });
  }

  /** Marks a scheduled run late. */
  @CommandHandler
  public Answer handle(MarkFlowRunLate command) {
    return decide(
        command,
        run ->
            slots.decide(
                SlotKeeping.questionOfLate(run),
                slot -> FlowRunDecider.markLate(run, slot, ids.get(), now())));
  }

  /** Lets a paused run go on. */
  @CommandHandler
  public ResumeAnswer handle(ResumeFlowRun command) {
    return decide(
        command, run -> Resumption.decide(run, command, ports, ids.get(), ids.get(), now()));
  }

  /** Changes what is known about a run. */
  @CommandHandler
  public void handle(UpdateFlowRun command) {
    record(
        command,
        run -> {
          List<FlowRunEvent> events = FlowRunDecider.update(run, command, names.get());
          command.jobVariables().ifGiven(variables -> requireFitting(run, variables));
          return events;
        });
  }

  /** They have to be what the work pool asks for, as long as the run has not begun. */
  private void requireFitting(FlowRun run, @Nullable JsonNode jobVariables) {
    UUID deploymentId = run.deploymentId();
    if (jobVariables == null || jobVariables.isNull() || deploymentId == null) {
      return;
    }
    if (ports.findDeployment().byId(deploymentId).isEmpty()) {
      throw FlowRunRefusals.DEPLOYMENT_MISSING.asException();
    }
    ports
        .judgeJobVariables()
        .problem(deploymentId, jobVariables)
        .ifPresent(
            problem -> {
              throw new Refusal(Kind.UNPROCESSABLE, "Error updating flow run: " + problem)
                  .asException();
            });
  }

  /** Adds labels. */
  @CommandHandler
  public void handle(LabelFlowRun command) {
    record(command, run -> List.of(FlowRunDecider.label(run, command)));
  }

  /** Stores an input. */
  @CommandHandler
  public void handle(StoreFlowRunInput command) {
    record(command, run -> List.of(FlowRunDecider.storeInput(run, command, ids.get())));
  }

  /** Deletes an input. */
  @CommandHandler
  public void handle(DeleteFlowRunInput command) {
    record(command, run -> List.of(FlowRunDecider.deleteInput(run, command)));
  }

  /** Deletes a run. */
  @CommandHandler
  public void handle(DeleteFlowRun command) {
    record(command, run -> List.of(FlowRunDecider.delete(run)));
  }

  /** Deletes a run that is still over. */
  @CommandHandler
  public void handle(DeleteEndedFlowRun command) {
    record(command, run -> List.of(FlowRunDecider.deleteEnded(run, command.endedBefore())));
  }

  /** Deletes runs that wait; each is looked at afresh, because it may have been taken by now. */
  @Override
  public void takeBack(UUID deploymentId, Which which) {
    Instant now = now();
    List<UUID> waiting = ports.findWaitingRuns().of(deploymentId, which, now, Optional.empty());
    while (!waiting.isEmpty()) {
      waiting.forEach(id -> takeBackOne(id, which, now));
      waiting =
          ports.findWaitingRuns().of(deploymentId, which, now, Optional.of(waiting.getLast()));
    }
  }

  private void takeBackOne(UUID flowRunId, Which which, Instant now) {
    Aggregate<FlowRunAggregate> loaded;
    try {
      loaded = repository.load(FlowRunAggregate.stream(flowRunId));
    } catch (AggregateNotFoundException goneAlready) {
      return;
    }
    loaded.execute(
        aggregate -> {
          FlowRun run = aggregate.run();
          if (run != null && which.has(run, now)) {
            record(aggregate, List.of(FlowRunDecider.delete(run)));
          }
        });
  }

  private interface Decide<A> {
    Decision<FlowRunEvent, A> about(FlowRun run);
  }

  private interface Events {
    List<FlowRunEvent> of(FlowRun run);
  }

  private void record(OfOneRun command, Events events) {
    decide(command, run -> new Decision<>(events.of(run), true));
  }

  private <A> A decide(OfOneRun command, Decide<A> decide) {
    Aggregate<FlowRunAggregate> loaded = load(command);
    FlowRun run = run(loaded, command);
    Decision<FlowRunEvent, A> decision = decide.about(run);
    loaded.execute(aggregate -> record(aggregate, decision.events()));
    copyToParent(run.parentTaskRunId(), decision.events());
    slots.giveBackAfter(run, decision.events());
    return decision.answer();
  }

  private Aggregate<FlowRunAggregate> load(OfOneRun command) {
    try {
      return repository.load(FlowRunAggregate.stream(command.flowRunId()));
    } catch (AggregateNotFoundException missing) {
      throw FlowRunRefusals.missing(command);
    }
  }

  private static FlowRun run(Aggregate<FlowRunAggregate> loaded, OfOneRun command) {
    return loaded
        .<Optional<FlowRun>>invoke(aggregate -> Optional.ofNullable(aggregate.run()))
        .orElseThrow(() -> FlowRunRefusals.missing(command));
  }

  private void record(FlowRunAggregate aggregate, List<FlowRunEvent> events) {
    for (FlowRunEvent event : events) {
      Face face = face(aggregate.run(), event);
      if (face == null) {
        AggregateLifecycle.apply(event);
      } else {
        AggregateLifecycle.apply(event, MetaData.with(FaceKey.FACE, face));
      }
    }
  }

  private @Nullable Face face(@Nullable FlowRun before, FlowRunEvent event) {
    if (before == null || !(event instanceof FlowRunStateSet set)) {
      return null;
    }
    FlowRun after = FlowRun.evolve(before, set);
    return after == null
        ? null
        : FlowRunFaces.stateSet(after, before.state(), set, surroundings(after));
  }

  private Surroundings surroundings(FlowRun run) {
    UUID parent = run.parentTaskRunId();
    UUID deploymentId = run.deploymentId();
    UUID queue = run.workQueueId();
    return new Surroundings(
        ports.findFlow().byId(run.flowId()).orElse(null),
        deploymentId == null ? null : ports.findDeployment().byId(deploymentId).orElse(null),
        queue == null ? null : ports.findWorkQueue().byId(queue).orElse(null),
        parent == null ? null : ports.findParentTask().byId(parent).orElse(null));
  }

  /** A subflow's parent sees each of its states, stored together with it. */
  private void copyToParent(@Nullable UUID parentTaskRunId, List<FlowRunEvent> events) {
    if (parentTaskRunId == null) {
      return;
    }
    for (FlowRunEvent event : events) {
      if (event instanceof FlowRunStateSet set) {
        State copy = set.state().copiedAs(ids.get(), now());
        ports
            .copyStateToParentTask()
            .copy(parentTaskRunId, copy.with(copy.stateDetails().ofChild(set.flowRunId())));
      }
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
