package io.annals.command.flowrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.RefusedException;
import io.annals.command.flowrun.FindDeployment.DeploymentFacts;
import io.annals.command.flowrun.FindFlow.FlowFacts;
import io.annals.command.flowrun.FindParentTask.ParentTask;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.SlotQuestion;
import io.annals.command.log.FaceKey;
import io.annals.command.parameter.Hydration;
import io.annals.command.schema.JudgeJson;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInfrastructureAssigned;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.log.Face;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A flow run in some state, the handler of production around it, and what became of a command. */
public final class FlowRunFixture {
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  public static final UUID RUN = new UUID(1, 1);
  public static final UUID FLOW = new UUID(2, 2);
  public static final UUID PARENT = new UUID(3, 3);
  public static final UUID DEPLOYMENT = new UUID(4, 4);
  public static final UUID FIRST_STATE = new UUID(5, 5);
  public static final UUID LEASE = new UUID(6, 6);

  private final AggregateTestFixture<FlowRunAggregate> axon =
      new AggregateTestFixture<>(FlowRunAggregate.class);
  private final List<FlowRunEvent> given = new ArrayList<>();
  private final Map<String, UUID> keys = new HashMap<>();
  private final List<State> copiedToParent = new ArrayList<>();
  private JudgeJson judgeJson = (schema, input) -> new JudgeJson.Fit.Fits();
  private Optional<String> jobVariablesProblem = Optional.empty();
  private final List<UUID> waiting = new ArrayList<>();
  private final List<SlotQuestion> slotQuestions = new ArrayList<>();
  private final List<UUID> givenBack = new ArrayList<>();
  private DeploymentSlot slot = new DeploymentSlot.NotNeeded();
  private Client client = Client.UNKNOWN;
  private boolean deployed;
  private boolean subflow;
  private EmpiricalPolicy policy = EmpiricalPolicy.DEFAULT;
  private RunTimes times = RunTimes.NONE;
  private @Nullable State state;
  private @Nullable String pid;
  private @Nullable Object answer;
  private @Nullable Refusal refusal;
  private long idsGiven = 100;
  private long namesGiven = 0;

  private FlowRunFixture() {
    FlowRunPorts ports =
        new FlowRunPorts(
            flowId ->
                flowId.equals(FLOW)
                    ? Optional.of(
                        new FlowFacts(
                            FLOW, "etl", List.of("flow-tag"), object("{\"team\":\"data\"}")))
                    : Optional.empty(),
            queueId -> Optional.empty(),
            (flowId, key) -> Optional.ofNullable(keys.get(key)),
            taskRunId -> Optional.of(new ParentTask(taskRunId, "etl-0", List.of("task-tag"))),
            (taskRunId, copied) -> copiedToParent.add(copied),
            (schema, input) -> judgeJson.judge(schema, input),
            new Hydration(name -> Optional.empty()),
            id ->
                id.equals(DEPLOYMENT)
                    ? Optional.of(
                        new DeploymentFacts(
                            DEPLOYMENT,
                            "nightly",
                            List.of("deployment-tag"),
                            JsonNodeFactory.instance
                                .objectNode()
                                .put("stage", "test")
                                .put("team", "theirs")))
                    : Optional.empty(),
            (deploymentId, which, now, after) -> after.isEmpty() ? List.copyOf(waiting) : List.of(),
            (deploymentId, jobVariables) -> jobVariablesProblem,
            slots());
    axon.registerAnnotatedCommandHandler(
        new FlowRunHandler(
            axon.getRepository(),
            ports,
            new KeyedLocks(),
            InstantSource.fixed(NOW.plusNanos(999)),
            () -> new UUID(7, idsGiven++),
            () -> "spare-name-" + namesGiven++));
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

  private DeploymentSlots slots() {
    return new DeploymentSlots() {
      @Override
      public DeploymentSlot answer(SlotQuestion question) {
        slotQuestions.add(question);
        return slot;
      }

      @Override
      public void giveBack(UUID leaseId) {
        givenBack.add(leaseId);
      }
    };
  }

  /** What the question for a slot of the deployment is answered with. */
  public FlowRunFixture finding(DeploymentSlot found) {
    slot = found;
    return this;
  }

  /** What was asked about the deployment's slots. */
  public List<SlotQuestion> slotQuestions() {
    return slotQuestions;
  }

  /** Leases that were ended. */
  public List<UUID> givenBack() {
    return givenBack;
  }

  /** No run at all. */
  public static FlowRunFixture nothing() {
    return new FlowRunFixture();
  }

  /** A run without a state. */
  public static FlowRunFixture run() {
    FlowRunFixture fixture = new FlowRunFixture();
    fixture.deployed = false;
    fixture.given.add(fixture.created());
    return fixture;
  }

  /** A run in a state of the default name, entered a second ago. */
  public static FlowRunFixture runIn(StateType type) {
    return run().in(type, type.defaultName());
  }

  public FlowRunFixture in(StateType type, String name) {
    return in(type, name, StateDetails.NONE, null);
  }

  public FlowRunFixture in(
      StateType type, String name, StateDetails details, @Nullable String data) {
    state =
        new State(
            FIRST_STATE,
            type,
            name,
            NOW.minusSeconds(1),
            null,
            data == null ? null : json(data),
            details);
    return this;
  }

  public FlowRunFixture withDetails(StateDetails details) {
    state = current().with(details);
    return this;
  }

  public FlowRunFixture withData(String data) {
    State before = current();
    return in(before.type(), before.name(), before.stateDetails(), data);
  }

  public FlowRunFixture named(String name) {
    state = current().named(name);
    return this;
  }

  public FlowRunFixture deployed() {
    deployed = true;
    return this;
  }

  public FlowRunFixture subflow() {
    subflow = true;
    return this;
  }

  public FlowRunFixture withPolicy(EmpiricalPolicy newPolicy) {
    policy = newPolicy;
    return this;
  }

  public FlowRunFixture withRunCount(int runCount) {
    times = new RunTimes(runCount, null, null, Duration.ZERO, null, null);
    return this;
  }

  public FlowRunFixture withEnd(Instant end) {
    times = new RunTimes(1, end.minusSeconds(1), end, Duration.ofSeconds(1), null, null);
    return this;
  }

  public FlowRunFixture withPid(String infrastructurePid) {
    pid = infrastructurePid;
    return this;
  }

  public FlowRunFixture withKey(String idempotencyKey, UUID flowRunId) {
    keys.put(idempotencyKey, flowRunId);
    return this;
  }

  public FlowRunFixture by(Client newClient) {
    client = newClient;
    return this;
  }

  public FlowRunFixture and(FlowRunEvent event) {
    given.add(event);
    return this;
  }

  public FlowRunFixture judgingInput(JudgeJson judge) {
    judgeJson = judge;
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
    return when(new SetFlowRunState(RUN, proposed, false, client));
  }

  public Result force(ProposedState proposed) {
    return when(new SetFlowRunState(RUN, proposed, true, client));
  }

  /** What becomes of a command that is carried out. */
  public Result when(FlowRunCommand command) {
    List<FlowRunEvent> history = history();
    axon.given(history).when(command).expectSuccessfulHandlerExecution();
    String stream =
        command instanceof FlowRunCommand.OfOneRun one
            ? FlowRunAggregate.stream(one.flowRunId())
            : FlowRunAggregate.stream(new UUID(7, 100));
    List<FlowRunEvent> events = new ArrayList<>();
    List<@Nullable Face> faces = new ArrayList<>();
    List<? extends DomainEventMessage<?>> stored = stored(stream);
    for (DomainEventMessage<?> message : stored.subList(history.size(), stored.size())) {
      events.add((FlowRunEvent) message.getPayload());
      faces.add((Face) message.getMetaData().get(FaceKey.FACE));
    }
    return new Result(events, faces, copiedToParent, answer, state, policy);
  }

  private List<? extends DomainEventMessage<?>> stored(String stream) {
    try {
      return axon.getEventStore().readEvents(stream).asStream().toList();
    } catch (org.axonframework.modelling.command.AggregateNotFoundException nothing) {
      return List.of();
    }
  }

  /** Why a command was refused as a whole. */
  public Refusal refusalOf(FlowRunCommand command) {
    List<FlowRunEvent> history = history();
    axon.given(history).when(command).expectNoEvents();
    if (refusal == null) {
      throw new AssertionError("carried out: " + command);
    }
    return refusal;
  }

  private List<FlowRunEvent> history() {
    List<FlowRunEvent> history = new ArrayList<>(given);
    if (!history.isEmpty()) {
      history.set(0, created());
      int at = 1;
      if (pid != null) {
        history.add(at++, new FlowRunInfrastructureAssigned(RUN, pid));
      }
      if (state != null) {
        history.add(
            at,
            new FlowRunStateSet(
                RUN, state, state.type(), ProposalStatus.ACCEPT, null, null, times, policy));
      }
    }
    return history;
  }

  private FlowRunCreated created() {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return new FlowRunCreated(
        RUN,
        FLOW,
        "brave-otter",
        deployed ? DEPLOYMENT : null,
        null,
        null,
        null,
        null,
        empty,
        null,
        empty,
        policy,
        List.of("run-tag"),
        object("{\"team\":\"data\"}"),
        subflow ? PARENT : null,
        false,
        null,
        null,
        empty,
        null);
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
      List<FlowRunEvent> events,
      List<@Nullable Face> faces,
      List<State> copiedToParent,
      @Nullable Object answer,
      @Nullable State stateBefore,
      EmpiricalPolicy policyBefore) {
    /** The proposed state was entered. */
    public FlowRunStateSet accepted() {
      FlowRunStateSet set = stateSet();
      assertThat(set.status()).isEqualTo(ProposalStatus.ACCEPT);
      assertThat(set.rule()).isNull();
      assertThat(set.state().type()).isEqualTo(set.intended());
      assertThat(answer)
          .isEqualTo(new Answer(set.state(), ProposalStatus.ACCEPT, null, null, true));
      return set;
    }

    /** Another state was entered instead. */
    public FlowRunStateSet replaced(String rule, String reason) {
      FlowRunStateSet set = stateSet();
      assertThat(set.status()).isEqualTo(ProposalStatus.REJECT);
      assertThat(set.rule()).isEqualTo(rule);
      assertThat(set.reason()).isEqualTo(reason);
      assertThat(answer)
          .isEqualTo(new Answer(set.state(), ProposalStatus.REJECT, reason, null, true));
      return set;
    }

    /** The run stayed where it was. */
    public FlowRunProposalRefused refused(ProposalStatus status, String rule, String reason) {
      FlowRunProposalRefused refused = only(FlowRunProposalRefused.class);
      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.rule()).isEqualTo(rule);
      assertThat(refused.reason()).isEqualTo(reason);
      assertThat(answer)
          .isEqualTo(new Answer(stateBefore, status, reason, refused.delaySeconds(), false));
      assertThat(faces).containsOnlyNulls();
      return refused;
    }

    /** The run stayed where it was, and nothing else about it changed either. */
    public void refusedWithoutTrace(ProposalStatus status, String rule, String reason) {
      assertThat(refused(status, rule, reason).empiricalPolicy()).isEqualTo(policyBefore);
    }

    public <E extends FlowRunEvent> E only(Class<E> type) {
      assertThat(events).singleElement().isInstanceOf(type);
      return type.cast(events.getFirst());
    }

    private FlowRunStateSet stateSet() {
      assertThat(faces).doesNotContainNull();
      return only(FlowRunStateSet.class);
    }
  }
}
