package io.annals.command.taskrun;

import io.annals.command.decision.Aftermath;
import io.annals.command.decision.Answer;
import io.annals.command.decision.Created;
import io.annals.command.decision.Decision;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.flowrun.CopyStateToParentTask;
import io.annals.command.taskrun.FindEnclosingFlowRun.EnclosingFlowRun;
import io.annals.command.taskrun.FindTaskRun.KnownTaskRun;
import io.annals.command.taskrun.TaskRunCommand.CreateTaskRun;
import io.annals.command.taskrun.TaskRunCommand.DeleteTaskRun;
import io.annals.command.taskrun.TaskRunCommand.OfOneRun;
import io.annals.command.taskrun.TaskRunCommand.RenameTaskRun;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.command.taskrun.TaskRunDecider.Beginning;
import io.annals.command.taskrun.TaskRunDecider.Proposal;
import io.annals.command.taskrun.TaskRunDecider.Surroundings;
import io.annals.command.taskrun.rule.AStoppedTaskGivesItsSlotsBack;
import io.annals.command.taskrun.rule.TagSlot;
import io.annals.command.taskrun.rule.TaskRunRules;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.taskrun.TaskRunEvent.TaskRunAdopted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands about task runs: finds out what is known of the run, gathers facts, decides, and
 * records. Takes the states of subflows as well, within the command that has made them.
 */
public final class TaskRunHandler implements CopyStateToParentTask {
  private final Repository<TaskRunAggregate> repository;
  private final TaskRunPorts ports;
  private final KeyedLocks locks;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Supplier<String> names;
  private final DoubleSupplier chances;

  /**
   * A handler of all commands about task runs.
   *
   * @param ids makes ids that were never made before
   * @param names makes up names for runs that were given none
   * @param chances random numbers from 0 up to 1
   */
  public TaskRunHandler(
      Repository<TaskRunAggregate> repository,
      TaskRunPorts ports,
      KeyedLocks locks,
      InstantSource clock,
      Supplier<UUID> ids,
      Supplier<String> names,
      DoubleSupplier chances) {
    this.repository = repository;
    this.ports = ports;
    this.locks = locks;
    this.clock = clock;
    this.ids = ids;
    this.names = names;
    this.chances = chances;
  }

  /** Creates a run, or finds the one at the same place. */
  @CommandHandler
  public Created handle(CreateTaskRun command) throws Exception {
    UUID flowRunId = command.flowRunId();
    locks.holdUntilFinished(
        CreateTaskRun.class, String.valueOf(flowRunId), command.taskKey(), command.dynamicKey());
    Optional<UUID> existing =
        ports.findTaskRunByKey().idOf(flowRunId, command.taskKey(), command.dynamicKey());
    if (existing.isPresent()) {
      return new Created(existing.get(), false);
    }
    EnclosingFlowRun flowRun = flowRunId == null ? null : enclosing(flowRunId);
    UUID wanted = command.taskRunId();
    Aggregate<TaskRunAggregate> loaded = wanted == null ? null : loadUnknown(wanted);
    UUID taskRunId = wanted == null ? ids.get() : wanted;
    Instant now = now();
    State first = TaskRunDecider.firstState(command).stamped(ids.get(), now);
    Surroundings around =
        new Surroundings(
            flowRun, cached(first, now), new TagSlot.NotNeeded(), chances.getAsDouble());
    Decision<TaskRunEvent, Created> decision =
        TaskRunDecider.create(
            command, new Beginning(taskRunId, names.get(), new Proposal(first, true, around, now)));
    if (loaded == null) {
      begin(decision.events());
    } else {
      record(loaded, decision.events());
    }
    return decision.answer();
  }

  /** The events, none so far, of a run whose id the client has made; locks them. */
  private Aggregate<TaskRunAggregate> loadUnknown(UUID taskRunId) {
    Aggregate<TaskRunAggregate> loaded = load(taskRunId);
    if (ports.findTaskRun().byId(taskRunId).isPresent()) {
      throw Refusal.INTEGRITY.asException();
    }
    return loaded;
  }

  /**
   * What happened first is recorded on the way, as Axon asks for the name of the stream right after
   * that.
   */
  private void begin(List<TaskRunEvent> events) throws Exception {
    Aggregate<TaskRunAggregate> begun =
        repository.newInstance(
            () -> {
              TaskRunAggregate aggregate = new TaskRunAggregate();
              AggregateLifecycle.apply(events.getFirst());
              return aggregate;
            });
    record(begun, events.subList(1, events.size()));
  }

  /** Asks the rules about a proposed state. */
  @CommandHandler
  public Answer handle(SetTaskRunState command) {
    return decide(
        command,
        run -> {
          Instant now = now();
          State proposed = command.proposed().stamped(ids.get(), now);
          Proposal proposal = proposal(run, proposed, command.force(), now);
          Decision<TaskRunEvent, Answer> decision = TaskRunDecider.setState(run, proposal);
          settle(run, proposal.surroundings().slot(), decision.events());
          return decision;
        });
  }

  /** Gives a run another name. */
  @CommandHandler
  public void handle(RenameTaskRun command) {
    decide(command, run -> new Decision<>(TaskRunDecider.rename(run, command, names.get()), true));
  }

  /** Deletes a run. */
  @CommandHandler
  public void handle(DeleteTaskRun command) {
    decide(
        command,
        run -> {
          giveBackWhenStored(run);
          return new Decision<>(List.of(TaskRunDecider.delete(run)), true);
        });
  }

  /** Shows a subflow's state on its parent task run. One that is gone has nothing to show. */
  @Override
  public void copy(UUID parentTaskRunId, State state) {
    if (ports.findTaskRun().byId(parentTaskRunId).isEmpty()) {
      return;
    }
    Aggregate<TaskRunAggregate> loaded = load(parentTaskRunId);
    Optional<TaskRun> known = known(loaded, parentTaskRunId);
    if (known.isPresent()) {
      TaskRun run = known.get();
      Proposal proposal = proposal(run, state, true, now());
      List<TaskRunEvent> events = TaskRunDecider.setState(run, proposal).events();
      record(loaded, events);
      settle(run, proposal.surroundings().slot(), events);
    }
  }

  private <A> A decide(OfOneRun command, Function<TaskRun, Decision<TaskRunEvent, A>> decide) {
    UUID taskRunId = command.taskRunId();
    Aggregate<TaskRunAggregate> loaded = load(taskRunId);
    TaskRun run = known(loaded, taskRunId).orElseThrow(() -> TaskRunRefusals.missing(command));
    Decision<TaskRunEvent, A> decision = decide.apply(run);
    record(loaded, decision.events());
    return decision.answer();
  }

  /** The run's own events, perhaps none: runs that clients report on have no events of ours. */
  private Aggregate<TaskRunAggregate> load(UUID taskRunId) {
    try {
      return repository.loadOrCreate(TaskRunAggregate.stream(taskRunId), TaskRunAggregate::new);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException("an empty task run failed to be made", impossible);
    }
  }

  /**
   * The run as it is known. Looks only after the run was loaded, which locks it: what is found then
   * is what its own events tell, or newer.
   */
  private Optional<TaskRun> known(Aggregate<TaskRunAggregate> loaded, UUID taskRunId) {
    Optional<KnownTaskRun> known = ports.findTaskRun().byId(taskRunId);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    TaskRunAdopted adopted =
        TaskRunDecider.adopt(told(loaded).orElse(null), taskRunId, known.get());
    if (adopted != null) {
      record(loaded, List.of(adopted));
    }
    return told(loaded);
  }

  private static Optional<TaskRun> told(Aggregate<TaskRunAggregate> loaded) {
    return loaded.invoke(aggregate -> Optional.ofNullable(aggregate.run()));
  }

  private static void record(Aggregate<TaskRunAggregate> loaded, List<TaskRunEvent> events) {
    loaded.execute(aggregate -> events.forEach(AggregateLifecycle::apply));
  }

  private Proposal proposal(TaskRun run, State proposed, boolean force, Instant now) {
    UUID flowRunId = run.flowRunId();
    // Rules ask about the flow only when a task is about to run.
    boolean asks = flowRunId != null && proposed.type() == StateType.RUNNING;
    EnclosingFlowRun flowRun =
        flowRunId != null && asks
            ? ports.findEnclosingFlowRun().byId(flowRunId).orElse(null)
            : null;
    State cached = cached(proposed, now);
    // A result that is known already is taken from the cache, even when all slots are taken.
    TagSlot slot =
        cached == null && TaskRunRules.takesSlots(proposed, force)
            ? slot(run)
            : new TagSlot.NotNeeded();
    Surroundings around = new Surroundings(flowRun, cached, slot, chances.getAsDouble());
    return new Proposal(proposed, force, around, now);
  }

  private TagSlot slot(TaskRun run) {
    if (run.tags().isEmpty()) {
      return new TagSlot.NotNeeded();
    }
    TagSlot slot = ports.tagSlots().take(run.id(), run.tags());
    if (slot instanceof TagSlot.Held(UUID newLease)) {
      Aftermath.unlessStored(() -> ports.tagSlots().giveBack(newLease));
    }
    return slot;
  }

  /**
   * Gives back slots that were taken for a state that the run does not enter, and all that it holds
   * once it has stopped. What a running task held before stays its own, whatever is refused. Should
   * the server stop before, a job collects them.
   */
  private void settle(TaskRun run, TagSlot slot, List<TaskRunEvent> events) {
    State entered = null;
    for (TaskRunEvent event : events) {
      if (event instanceof TaskRunStateSet set) {
        entered = set.state();
      }
    }
    if (entered == null && slot instanceof TagSlot.Held(UUID newLease)) {
      ports.tagSlots().giveBack(newLease);
    }
    if (entered != null && AStoppedTaskGivesItsSlotsBack.in(entered)) {
      giveBackWhenStored(run);
    }
  }

  private void giveBackWhenStored(TaskRun run) {
    if (!run.tags().isEmpty()) {
      Aftermath.whenStored(() -> ports.tagSlots().giveBackAllOf(run.id(), run.tags()));
    }
  }

  private EnclosingFlowRun enclosing(UUID flowRunId) {
    return ports.findEnclosingFlowRun().byId(flowRunId).orElseThrow(Refusal.INTEGRITY::asException);
  }

  private @Nullable State cached(State proposed, Instant now) {
    String key = proposed.stateDetails().cacheKey();
    return key != null && TaskRunRules.looksIntoTheCache(proposed)
        ? ports.findCachedState().byKey(key, now).orElse(null)
        : null;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
