package io.annals.command.taskrun;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.flow.FlowAggregate;
import io.annals.command.flow.FlowHandler;
import io.annals.command.flowrun.DeploymentSlots;
import io.annals.command.flowrun.FindFlow.FlowFacts;
import io.annals.command.flowrun.FindParentTask.ParentTask;
import io.annals.command.flowrun.FlowRunAggregate;
import io.annals.command.flowrun.FlowRunHandler;
import io.annals.command.flowrun.FlowRunPorts;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.SlotQuestion;
import io.annals.command.log.CaffeineCache;
import io.annals.command.parameter.Hydration;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.command.taskrun.FindTaskRun.KnownTaskRun;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.command.taskrun.rule.TagSlot;
import io.annals.events.log.DomainEvent;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.taskrun.TaskRunEvent.TaskRunCreated;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Flow runs and task runs on a real bus, with a projection that follows each append. */
final class TaskRunBus {
  private final Map<UUID, TaskRun> rows = new ConcurrentHashMap<>();
  private final Map<List<String>, UUID> places = new ConcurrentHashMap<>();
  private final List<List<DomainEvent>> appends = new CopyOnWriteArrayList<>();
  private final KeyedLocks locks = new KeyedLocks();
  private final CommandGateway gateway;
  private final TaskRunHandler taskRuns;
  private final FlowRunHandler flowRuns;
  private final FlowHandler flows;

  /** Several things that one command does. */
  record Together(Steps steps) {}

  /** What a command does with the handlers. */
  interface Steps {
    void run(FlowHandler flows, FlowRunHandler flowRuns, TaskRunHandler taskRuns) throws Exception;
  }

  TaskRunBus() {
    EmbeddedEventStore store = EmbeddedEventStore.builder().storageEngine(new Projected()).build();
    SimpleCommandBus bus = SimpleCommandBus.builder().build();
    taskRuns = taskRuns(repository(store, TaskRunAggregate.class));
    new AnnotationCommandHandlerAdapter<>(taskRuns).subscribe(bus);
    flowRuns = flowRuns(repository(store, FlowRunAggregate.class), taskRuns);
    new AnnotationCommandHandlerAdapter<>(flowRuns).subscribe(bus);
    flows =
        new FlowHandler(
            repository(store, FlowAggregate.class),
            name -> Optional.empty(),
            locks,
            InstantSource.system(),
            UUID::randomUUID);
    bus.subscribe(Together.class.getName(), this::together);
    gateway = DefaultCommandGateway.builder().commandBus(bus).build();
  }

  private @Nullable Object together(CommandMessage<?> message) throws Exception {
    ((Together) message.getPayload()).steps().run(flows, flowRuns, taskRuns);
    return null;
  }

  private static <T> Repository<T> repository(EmbeddedEventStore store, Class<T> aggregate) {
    return EventSourcingRepository.builder(aggregate)
        .eventStore(store)
        .cache(new CaffeineCache(100, new SimpleMeterRegistry()))
        .build();
  }

  private TaskRunHandler taskRuns(Repository<TaskRunAggregate> repository) {
    TaskRunPorts ports =
        new TaskRunPorts(
            taskRunId -> Optional.ofNullable(rows.get(taskRunId)).map(TaskRunBus::known),
            flowRunId -> Optional.empty(),
            (key, now) -> Optional.empty(),
            (flowRunId, taskKey, dynamicKey) ->
                Optional.ofNullable(
                    places.get(List.of(String.valueOf(flowRunId), taskKey, dynamicKey))),
            new TagSlots() {
              @Override
              public TagSlot take(UUID taskRunId, List<String> tags) {
                return new TagSlot.NotNeeded();
              }

              @Override
              public void giveBack(UUID leaseId) {}

              @Override
              public void giveBackAllOf(UUID taskRunId, List<String> tags) {}
            });
    return new TaskRunHandler(
        repository, ports, locks, InstantSource.system(), UUID::randomUUID, () -> "spare", () -> 0);
  }

  private FlowRunHandler flowRuns(
      Repository<FlowRunAggregate> repository, TaskRunHandler taskRuns) {
    FlowRunPorts ports =
        new FlowRunPorts(
            flowId ->
                Optional.of(
                    new FlowFacts(flowId, "etl", List.of(), JsonNodeFactory.instance.objectNode())),
            queueId -> Optional.empty(),
            (flowId, key) -> Optional.empty(),
            taskRunId ->
                Optional.ofNullable(rows.get(taskRunId))
                    .map(run -> new ParentTask(taskRunId, run.name(), List.of())),
            taskRuns,
            (schema, input) -> new Fit.Fits(),
            new Hydration(name -> Optional.empty()),
            deploymentId -> Optional.empty(),
            (deploymentId, which, now, after) -> List.of(),
            (deploymentId, jobVariables) -> Optional.empty(),
            new DeploymentSlots() {
              @Override
              public DeploymentSlot answer(SlotQuestion question) {
                return new DeploymentSlot.NotNeeded();
              }

              @Override
              public void giveBack(UUID leaseId) {}
            });
    return new FlowRunHandler(
        repository, ports, locks, InstantSource.system(), UUID::randomUUID, () -> "spare");
  }

  private static KnownTaskRun known(TaskRun run) {
    return new KnownTaskRun(
        run.flowRunId(),
        run.name(),
        run.state(),
        run.times(),
        run.flowRunRunCount(),
        run.policy(),
        run.tags());
  }

  void send(Object command) {
    gateway.<@Nullable Object>sendAndWait(command);
  }

  Created create(Object command) {
    return gateway.sendAndWait(command);
  }

  Answer propose(SetTaskRunState command) {
    return gateway.sendAndWait(command);
  }

  /** Sends commands at the same time, and waits for all answers. */
  <A> List<A> race(List<Callable<A>> commands) throws Exception {
    List<A> answers = new ArrayList<>();
    try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<A> answer : racers.invokeAll(commands)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  TaskRun row(UUID taskRunId) {
    TaskRun row = rows.get(taskRunId);
    if (row == null) {
      throw new AssertionError("no task run " + taskRunId);
    }
    return row;
  }

  /** What was stored, one list for each time. */
  List<List<DomainEvent>> appends() {
    return appends;
  }

  Stream<DomainEvent> events() {
    return appends.stream().flatMap(List::stream);
  }

  private final class Projected extends InMemoryEventStorageEngine {
    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
      super.appendEvents(events);
      List<DomainEvent> payloads = new ArrayList<>();
      for (EventMessage<?> event : events) {
        DomainEvent payload = (DomainEvent) event.getPayload();
        payloads.add(payload);
        if (payload instanceof TaskRunEvent taskRun) {
          project(taskRun);
        }
      }
      appends.add(payloads);
    }

    private void project(TaskRunEvent event) {
      TaskRun after = TaskRun.evolve(rows.get(event.taskRunId()), event);
      if (after == null) {
        rows.remove(event.taskRunId());
      } else {
        rows.put(event.taskRunId(), after);
      }
      if (event instanceof TaskRunCreated created) {
        places.put(
            List.of(String.valueOf(created.flowRunId()), created.taskKey(), created.dynamicKey()),
            created.taskRunId());
      }
    }
  }
}
