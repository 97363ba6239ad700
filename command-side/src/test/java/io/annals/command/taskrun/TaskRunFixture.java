package io.annals.command.taskrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.RefusedException;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.FindEnclosingFlowRun.EnclosingFlowRun;
import io.annals.command.taskrun.FindTaskRun.KnownTaskRun;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.command.taskrun.rule.TagSlot;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.taskrun.TaskRunEvent.TaskRunCreated;
import io.annals.events.taskrun.TaskRunEvent.TaskRunProposalRefused;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.events.taskrun.TaskRunPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A task run in some state, the handler of production around it, and what became of a command. */
public final class TaskRunFixture {
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  public static final UUID RUN = new UUID(1, 1);
  public static final UUID FLOW_RUN = new UUID(2, 2);
  public static final UUID FIRST_STATE = new UUID(5, 5);
  public static final UUID PARAMETERS = new UUID(6, 6);

  /** What says that a state belongs to a task that runs in the background. */
  public static final StateDetails DEFERRED =
      new StateDetails(
          null, null, null, null, null, null, true, false, null, false, null, null, null, null,
          null, null, null, null);

  private final AggregateTestFixture<TaskRunAggregate> axon =
      new AggregateTestFixture<>(TaskRunAggregate.class);
  private final List<TaskRunEvent> given = new ArrayList<>();
  private final List<TaskRunEvent> later = new ArrayList<>();
  private final Map<UUID, KnownTaskRun> reported = new HashMap<>();
  private final Map<List<Object>, UUID> places = new HashMap<>();
  private final Map<String, State> cache = new HashMap<>();
  private final List<List<String>> tagsAskedFor = new ArrayList<>();
  private final List<UUID> endedLeases = new ArrayList<>();
  private final List<UUID> givenBack = new ArrayList<>();
  private final List<List<String>> tagsGivenBack = new ArrayList<>();
  private TagSlot slot = new TagSlot.NotNeeded();
  private @Nullable UUID flowRunId;
  private @Nullable EnclosingFlowRun flowRun;
  private TaskRunPolicy policy = TaskRunPolicy.DEFAULT;
  private RunTimes times = RunTimes.NONE;
  private int flowRunRunCount;
  private @Nullable State state;
  private double chance;
  private @Nullable Object answer;
  private @Nullable Refusal refusal;
  private long idsGiven = 100;
  private long namesGiven = 0;

  private TaskRunFixture() {
    TaskRunPorts ports =
        new TaskRunPorts(
            taskRunId -> Optional.ofNullable(row(taskRunId)),
            id -> Optional.ofNullable(id.equals(FLOW_RUN) ? flowRun : null),
            (key, now) -> Optional.ofNullable(now.equals(NOW) ? cache.get(key) : null),
            (id, taskKey, dynamicKey) ->
                Optional.ofNullable(places.get(List.of(String.valueOf(id), taskKey, dynamicKey))),
            slots());
    TaskRunHandler handler =
        new TaskRunHandler(
            axon.getRepository(),
            ports,
            new KeyedLocks(),
            InstantSource.fixed(NOW.plusNanos(999)),
            () -> new UUID(7, idsGiven++),
            () -> "spare-name-" + namesGiven++,
            () -> chance);
    axon.registerAnnotatedCommandHandler(handler);
    axon.registerCommandHandler(
        ShowSubflow.class,
        message -> {
          ShowSubflow shown = (ShowSubflow) message.getPayload();
          handler.copy(shown.parentTaskRunId(), shown.state());
          return null;
        });
    axon.registerCommandHandlerInterceptor(
        (work, chain) -> {
          try {
            answer = chain.proceed();
            return answer;
          } catch (RefusedException refused) {
            refusal = refused.refusal();
            throw refused;
          }
        });
  }

  private TagSlots slots() {
    return new TagSlots() {
      @Override
      public TagSlot take(UUID taskRunId, List<String> tags) {
        tagsAskedFor.add(tags);
        return slot;
      }

      @Override
      public void giveBack(UUID leaseId) {
        endedLeases.add(leaseId);
      }

      @Override
      public void giveBackAllOf(UUID taskRunId, List<String> tags) {
        tagsGivenBack.add(tags);
        givenBack.add(taskRunId);
      }
    };
  }

  /** What the question for slots of the task's tags is answered with. */
  public TaskRunFixture finding(TagSlot found) {
    slot = found;
    return this;
  }

  /** Tags for which slots were asked for. */
  public List<List<String>> tagsAskedFor() {
    return tagsAskedFor;
  }

  /** Leases that were given back by themselves. */
  public List<UUID> endedLeases() {
    return endedLeases;
  }

  /** Task runs whose slots were all given back. */
  public List<UUID> givenBack() {
    return givenBack;
  }

  /** Tags whose slots they were. */
  public List<List<String>> tagsGivenBack() {
    return tagsGivenBack;
  }

  /** What the handler of flow runs does within its own command. */
  record ShowSubflow(UUID parentTaskRunId, State state) {}

  /** No run at all. */
  public static TaskRunFixture nothing() {
    return new TaskRunFixture();
  }

  /** A run without a flow and without a state. */
  public static TaskRunFixture run() {
    TaskRunFixture fixture = new TaskRunFixture();
    fixture.given.add(fixture.created());
    return fixture;
  }

  /** A run in a state of the default name, entered a second ago. */
  public static TaskRunFixture runIn(StateType type) {
    return run().in(type, type.defaultName());
  }

  public TaskRunFixture in(StateType type, String name) {
    return in(type, name, StateDetails.NONE, null);
  }

  public TaskRunFixture in(
      StateType type, String name, StateDetails details, @Nullable String data) {
    state = state(FIRST_STATE, type, name, NOW.minusSeconds(1), details, data);
    return this;
  }

  public static State state(
      UUID id,
      StateType type,
      String name,
      Instant timestamp,
      StateDetails details,
      @Nullable String data) {
    return new State(id, type, name, timestamp, null, data == null ? null : json(data), details);
  }

  public TaskRunFixture withDetails(StateDetails details) {
    state = current().with(details);
    return this;
  }

  public TaskRunFixture withData(String data) {
    State before = current();
    return in(before.type(), before.name(), before.stateDetails(), data);
  }

  public TaskRunFixture named(String name) {
    state = current().named(name);
    return this;
  }

  public TaskRunFixture withPolicy(TaskRunPolicy newPolicy) {
    policy = newPolicy;
    return this;
  }

  public TaskRunFixture withRunCount(int runCount) {
    times = new RunTimes(runCount, null, null, Duration.ZERO, null, null);
    return this;
  }

  public TaskRunFixture withTimes(RunTimes newTimes) {
    times = newTimes;
    return this;
  }

  /** Puts the run into a flow run that is in a state, or in none yet. */
  public TaskRunFixture inFlow(@Nullable StateType type) {
    return inFlow(
        type == null
            ? null
            : state(new UUID(8, 8), type, type.defaultName(), NOW, StateDetails.NONE, null),
        1);
  }

  public TaskRunFixture inFlow(@Nullable State flowState, int runCount) {
    flowRunId = FLOW_RUN;
    flowRun = new EnclosingFlowRun(flowState, runCount, object("{\"team\":\"data\"}"));
    return this;
  }

  /** The run has last started in a certain run of its flow. */
  public TaskRunFixture startedInRun(int newFlowRunRunCount) {
    flowRunRunCount = newFlowRunRunCount;
    return this;
  }

  /** Puts the run into a flow run that is gone. */
  public TaskRunFixture inLostFlow() {
    flowRunId = FLOW_RUN;
    flowRun = null;
    return this;
  }

  public TaskRunFixture withCached(String key, State result) {
    cache.put(key, result);
    return this;
  }

  public TaskRunFixture withPlace(
      @Nullable UUID place, String taskKey, String dynamicKey, UUID taskRunId) {
    places.put(List.of(String.valueOf(place), taskKey, dynamicKey), taskRunId);
    return this;
  }

  public TaskRunFixture withChance(double newChance) {
    chance = newChance;
    return this;
  }

  /** A client has reported the run to be like this. */
  public TaskRunFixture reported(KnownTaskRun known) {
    reported.put(RUN, known);
    return this;
  }

  public TaskRunFixture and(TaskRunEvent event) {
    later.add(event);
    return this;
  }

  public Result propose(StateType type) {
    return propose(ProposedState.of(type));
  }

  public Result propose(StateType type, String name) {
    return propose(new ProposedState(type, name, null, null, StateDetails.NONE));
  }

  public Result propose(StateType type, StateDetails details) {
    return propose(new ProposedState(type, null, null, null, details));
  }

  public Result propose(StateType type, String name, StateDetails details) {
    return propose(new ProposedState(type, name, null, null, details));
  }

  public Result proposeWithData(StateType type, String data) {
    return propose(new ProposedState(type, null, null, json(data), StateDetails.NONE));
  }

  public Result propose(ProposedState proposed) {
    return when(new SetTaskRunState(RUN, proposed, false, Client.UNKNOWN));
  }

  public Result force(StateType type) {
    return force(ProposedState.of(type));
  }

  public Result force(ProposedState proposed) {
    return when(new SetTaskRunState(RUN, proposed, true, Client.UNKNOWN));
  }

  /** A subflow shows its state on this run. */
  public Result showSubflow(State shown) {
    return carryOut(new ShowSubflow(RUN, shown), RUN);
  }

  /** What becomes of a command that is carried out. */
  public Result when(TaskRunCommand command) {
    return carryOut(
        command, command instanceof TaskRunCommand.OfOneRun one ? one.taskRunId() : null);
  }

  private Result carryOut(Object command, @Nullable UUID taskRunId) {
    List<TaskRunEvent> history = history();
    axon.given(history).when(command).expectSuccessfulHandlerExecution();
    UUID id = taskRunId;
    if (id == null) {
      id = ((Created) Objects.requireNonNull(answer)).id();
    }
    List<TaskRunEvent> events = new ArrayList<>();
    List<? extends DomainEventMessage<?>> stored = stored(TaskRunAggregate.stream(id));
    int known = id.equals(RUN) ? history.size() : 0;
    for (DomainEventMessage<?> message : stored.subList(known, stored.size())) {
      events.add((TaskRunEvent) message.getPayload());
    }
    return new Result(events, answer, state);
  }

  private List<? extends DomainEventMessage<?>> stored(String stream) {
    try {
      return axon.getEventStore().readEvents(stream).asStream().toList();
    } catch (AggregateNotFoundException nothing) {
      return List.of();
    }
  }

  /** Why a command was refused as a whole. */
  public Refusal refusalOf(TaskRunCommand command) {
    axon.given(history()).when(command).expectNoEvents();
    if (refusal == null) {
      throw new AssertionError("carried out: " + command);
    }
    return refusal;
  }

  private List<TaskRunEvent> history() {
    List<TaskRunEvent> history = new ArrayList<>(given);
    if (!history.isEmpty()) {
      history.set(0, created());
      if (state != null) {
        history.add(
            new TaskRunStateSet(
                RUN,
                state,
                state.type(),
                ProposalStatus.ACCEPT,
                null,
                null,
                times,
                flowRunRunCount));
      }
    }
    history.addAll(later);
    return history;
  }

  /** The table's row: what a client has reported, or what the events tell. */
  private @Nullable KnownTaskRun row(UUID taskRunId) {
    if (!taskRunId.equals(RUN) || reported.containsKey(RUN)) {
      return reported.get(taskRunId);
    }
    TaskRun run = null;
    for (TaskRunEvent event : history()) {
      run = TaskRun.evolve(run, event);
    }
    return run == null
        ? null
        : new KnownTaskRun(
            run.flowRunId(),
            run.name(),
            run.state(),
            run.times(),
            run.flowRunRunCount(),
            run.policy(),
            run.tags());
  }

  private TaskRunCreated created() {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return new TaskRunCreated(
        RUN,
        flowRunId,
        "extract-0",
        "extract-abc",
        "0",
        null,
        null,
        null,
        policy,
        List.of("tag"),
        empty,
        empty);
  }

  private State current() {
    if (state == null) {
      throw new IllegalStateException("the run has no state yet");
    }
    return state;
  }

  public static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  public static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  /** What a command has led to. */
  public record Result(
      List<TaskRunEvent> events, @Nullable Object answer, @Nullable State stateBefore) {
    /** The proposed state was entered. */
    public TaskRunStateSet accepted() {
      TaskRunStateSet set = only(TaskRunStateSet.class);
      assertThat(set.status()).isEqualTo(ProposalStatus.ACCEPT);
      assertThat(set.rule()).isNull();
      assertThat(set.state().type()).isEqualTo(set.intended());
      assertThat(answer)
          .isEqualTo(new Answer(set.state(), ProposalStatus.ACCEPT, null, null, true));
      return set;
    }

    /** Another state was entered instead. */
    public TaskRunStateSet replaced(String rule, String reason) {
      TaskRunStateSet set = only(TaskRunStateSet.class);
      assertThat(set.status()).isEqualTo(ProposalStatus.REJECT);
      assertThat(set.rule()).isEqualTo(rule);
      assertThat(set.reason()).isEqualTo(reason);
      assertThat(answer)
          .isEqualTo(new Answer(set.state(), ProposalStatus.REJECT, reason, null, true));
      return set;
    }

    /** The run stayed where it was. */
    public TaskRunProposalRefused refused(ProposalStatus status, String rule, String reason) {
      TaskRunProposalRefused refused = only(TaskRunProposalRefused.class);
      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.rule()).isEqualTo(rule);
      assertThat(refused.reason()).isEqualTo(reason);
      assertThat(answer)
          .isEqualTo(new Answer(stateBefore, status, reason, refused.delaySeconds(), false));
      return refused;
    }

    public <E extends TaskRunEvent> E only(Class<E> type) {
      assertThat(events).singleElement().isInstanceOf(type);
      return type.cast(events.getFirst());
    }
  }
}
