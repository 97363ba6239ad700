package io.annals.command.flowrun;

import static io.annals.command.flowrun.FlowRunFixture.DEPLOYMENT;
import static io.annals.command.flowrun.FlowRunFixture.FLOW;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Decision;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.FlowRunDecider.Beginning;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.SlotQuestion;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prefect's own server (3.8.8) was asked what becomes of runs whose deployment has few slots, and
 * each answer written down by compat/record_deployment_slots.py: a line of the file is a walk of
 * two runs of one deployment.
 */
class AsPrefectGivesSlotsTest {
  private static final String ANSWERS = "/orchestration/deployment-slots.jsonl";
  private static final Client CURRENT = Client.of("0.8.4", "prefect/3.8.8 (API 0.8.4)");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private long idsGiven = 1;

  @Test
  void every_run_gets_and_gives_back_its_slot_as_it_does_in_prefect() throws IOException {
    List<String> differences = new ArrayList<>();
    List<String> lines = lines();
    for (String line : lines) {
      String difference = new Walk(JSON.readTree(line)).difference();
      if (difference != null) {
        differences.add(difference);
      }
    }
    assertThat(lines).hasSizeGreaterThan(150);
    assertThat(differences).isEmpty();
  }

  /** The two runs of a line, and the slots that they share. */
  private final class Walk {
    private final JsonNode asked;
    private final Desk desk;
    private final FlowRun[] runs;

    Walk(JsonNode asked) {
      this.asked = asked;
      this.desk =
          new Desk(
              asked.get("limit").asInt(),
              "CANCEL_NEW".equals(asked.get("strategy").stringValue(null)));
      this.runs = new FlowRun[] {created(), created()};
    }

    /** The first step that ends otherwise than it does in Prefect. */
    @Nullable String difference() {
      int number = 0;
      for (JsonNode step : asked.get("steps")) {
        int run = step.get("run").asInt();
        if (step.path("lose").asBoolean(false)) {
          desk.giveBack(Objects.requireNonNull(lease(runs[run].state())));
        } else {
          boolean hadNoSlot = !desk.leases.contains(lease(runs[run].state()));
          JsonNode ours = propose(run, step);
          JsonNode theirs = step.get("expect");
          if (hadNoSlot && isAnotherRunsSlotGone(ours, theirs)) {
            return null;
          }
          if (!ours.equals(theirs)) {
            return "step %d of %s%n  ours %s".formatted(number, asked, ours);
          }
        }
        number++;
      }
      return null;
    }

    /**
     * A run that ends without a slot of its own gives nothing back (decision 0008); in Prefect it
     * gives back another run's, and from there on nothing can be compared.
     */
    private static boolean isAnotherRunsSlotGone(JsonNode ours, JsonNode theirs) {
      ObjectNode but = (ObjectNode) ours.deepCopy();
      return but.put("taken", ours.get("taken").asInt() - 1).equals(theirs);
    }

    private JsonNode propose(int number, JsonNode step) {
      FlowRun run = runs[number];
      SetFlowRunState command =
          new SetFlowRunState(
              run.id(), state(step.get("to")), step.get("force").asBoolean(), CURRENT);
      SlotKeeping keeping = new SlotKeeping(desk);
      DefaultUnitOfWork<?> work =
          DefaultUnitOfWork.startAndGet(GenericCommandMessage.asCommandMessage(command));
      Decision<FlowRunEvent, Answer> decision =
          keeping.decide(
              SlotKeeping.question(run, command),
              slot -> FlowRunDecider.setState(run, command, slot, id(), NOW));
      keeping.giveBackAfter(run, decision.events());
      work.commit();
      runs[number] = after(run, decision.events());
      return described(decision.answer());
    }

    private JsonNode described(Answer answer) {
      State state = answer.state();
      ObjectNode described = JsonNodeFactory.instance.objectNode();
      described.put("status", answer.status().name());
      described.put("reason", answer.reason());
      described.put("type", state == null ? null : state.type().name());
      described.put("name", state == null ? null : state.name());
      described.put("message", state == null ? null : state.message());
      described.put("leased", lease(state) != null);
      return described.put("taken", desk.leases.size());
    }

    private FlowRun created() {
      ObjectNode empty = JsonNodeFactory.instance.objectNode();
      CreateFlowRun command =
          new CreateFlowRun(
              FLOW,
              "brave-otter",
              DEPLOYMENT,
              null,
              null,
              null,
              null,
              empty,
              null,
              empty,
              policy(asked.get("retries").asInt()),
              List.of(),
              empty,
              null,
              null,
              empty,
              null,
              ProposedState.of(StateType.SCHEDULED),
              CURRENT);
      Beginning beginning = new Beginning(id(), id(), "spare", empty, NOW);
      return after(null, FlowRunDecider.create(command, beginning).events());
    }
  }

  /** As many slots as there are, under leases that do not end by themselves. */
  private final class Desk implements DeploymentSlots {
    private final int limit;
    private final boolean cancelsNew;
    private final Set<UUID> leases = new HashSet<>();

    Desk(int limit, boolean cancelsNew) {
      this.limit = limit;
      this.cancelsNew = cancelsNew;
    }

    @Override
    public DeploymentSlot answer(SlotQuestion question) {
      return switch (question) {
        case SlotQuestion.Renew renew when leases.contains(renew.leaseId()) ->
            new DeploymentSlot.Held(renew.leaseId());
        case SlotQuestion.Renew ignored -> take();
        case SlotQuestion.Take ignored -> take();
        default -> throw new AssertionError("nobody asks for this here: " + question);
      };
    }

    private DeploymentSlot take() {
      if (limit == 0) {
        return new DeploymentSlot.Closed();
      }
      if (leases.size() >= limit) {
        return new DeploymentSlot.AllTaken(cancelsNew, Duration.ofSeconds(30));
      }
      UUID lease = id();
      leases.add(lease);
      return new DeploymentSlot.Held(lease);
    }

    @Override
    public void giveBack(UUID leaseId) {
      leases.remove(leaseId);
    }
  }

  private UUID id() {
    return new UUID(7, idsGiven++);
  }

  private static @Nullable UUID lease(@Nullable State state) {
    return state == null ? null : state.stateDetails().deploymentConcurrencyLeaseId();
  }

  private static FlowRun after(@Nullable FlowRun before, List<FlowRunEvent> events) {
    FlowRun run = before;
    for (FlowRunEvent event : events) {
      run = FlowRun.evolve(run, event);
    }
    return Objects.requireNonNull(run);
  }

  private static EmpiricalPolicy policy(int retries) {
    ObjectNode whole = JSON.valueToTree(EmpiricalPolicy.DEFAULT);
    if (retries > 0) {
      whole.put("retries", retries).put("retry_delay", 0);
    }
    return JSON.treeToValue(whole, EmpiricalPolicy.class);
  }

  private static ProposedState state(JsonNode sent) {
    JsonNode details = sent.path("state_details");
    return new ProposedState(
        StateType.valueOf(sent.get("type").asString()),
        sent.path("name").stringValue(null),
        null,
        null,
        details.isObject() ? JSON.treeToValue(details, StateDetails.class) : StateDetails.NONE);
  }

  private static List<String> lines() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(AsPrefectGivesSlotsTest.class.getResourceAsStream(ANSWERS))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
