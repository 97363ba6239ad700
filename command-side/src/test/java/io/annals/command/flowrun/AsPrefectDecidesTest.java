package io.annals.command.flowrun;

import static io.annals.command.flowrun.FlowRunFixture.DEPLOYMENT;
import static io.annals.command.flowrun.FlowRunFixture.FLOW;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Decision;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.FlowRunDecider.Beginning;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInfrastructureAssigned;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prefect's own server (3.8.8) was asked about many transitions, and each answer written down: one
 * line of the file says what was proposed to which run, and what became of both. Scheduled times
 * lie decades ahead or in the past, so that nothing depends on when it was asked.
 */
class AsPrefectDecidesTest {
  private static final String ANSWERS = "/orchestration/flow-run-transitions.jsonl";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private long idsGiven = 1;

  @Test
  void every_transition_ends_as_it_does_in_prefect() throws IOException {
    List<String> differences = new ArrayList<>();
    int lines = 0;
    try (InputStream file =
            Objects.requireNonNull(AsPrefectDecidesTest.class.getResourceAsStream(ANSWERS));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines++;
        JsonNode asked = JSON.readTree(line);
        JsonNode ours = answered(asked);
        JsonNode theirs = asked.get("expect");
        if (!ours.equals(theirs)) {
          differences.add(line + "\n  ours " + ours);
        }
      }
    }
    assertThat(lines).isGreaterThan(500);
    assertThat(differences).isEmpty();
  }

  private JsonNode answered(JsonNode asked) {
    boolean via = asked.path("via").asBoolean();
    FlowRun run = created(asked, via ? ProposedState.of(StateType.PENDING) : state(asked, "from"));
    if (via) {
      run = after(run, decide(run, state(asked, "from"), true).events());
    }
    if (asked.hasNonNull("pid")) {
      String pid = asked.get("pid").asString();
      run = after(run, List.of(new FlowRunInfrastructureAssigned(RUN, pid)));
    }
    boolean forced = asked.get("force").asBoolean();
    Decision<FlowRunEvent, Answer> decision = decide(run, state(asked, "to"), forced);
    return described(decision.answer(), after(run, decision.events()));
  }

  private Decision<FlowRunEvent, Answer> decide(FlowRun run, ProposedState to, boolean force) {
    SetFlowRunState command = new SetFlowRunState(RUN, to, force, Client.UNKNOWN);
    return FlowRunDecider.setState(
        run, command, new DeploymentSlot.NotAsked(), new UUID(7, idsGiven++), NOW);
  }

  private FlowRun created(JsonNode asked, ProposedState first) {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    CreateFlowRun command =
        new CreateFlowRun(
            FLOW,
            "brave-otter",
            asked.get("deployed").asBoolean() ? DEPLOYMENT : null,
            null,
            null,
            null,
            null,
            empty,
            null,
            empty,
            policy(asked.get("policy")),
            List.of(),
            empty,
            null,
            null,
            empty,
            null,
            first,
            Client.UNKNOWN);
    Beginning beginning = new Beginning(RUN, new UUID(7, idsGiven++), "spare", empty, NOW);
    return after(null, FlowRunDecider.create(command, beginning).events());
  }

  private static FlowRun after(@Nullable FlowRun before, List<FlowRunEvent> events) {
    FlowRun run = before;
    for (FlowRunEvent event : events) {
      run = FlowRun.evolve(run, event);
    }
    return Objects.requireNonNull(run);
  }

  private static EmpiricalPolicy policy(JsonNode sent) {
    ObjectNode whole = JSON.valueToTree(EmpiricalPolicy.DEFAULT);
    whole.setAll((ObjectNode) sent);
    return JSON.treeToValue(whole, EmpiricalPolicy.class);
  }

  private static ProposedState state(JsonNode asked, String which) {
    JsonNode sent = asked.get(which);
    JsonNode details = sent.path("state_details");
    return new ProposedState(
        StateType.valueOf(sent.get("type").asString()),
        sent.path("name").stringValue(null),
        sent.path("message").stringValue(null),
        sent.get("data"),
        details.isObject() ? JSON.treeToValue(details, StateDetails.class) : StateDetails.NONE);
  }

  private static JsonNode described(Answer answer, FlowRun run) {
    State state = Objects.requireNonNull(answer.state());
    ObjectNode described = JsonNodeFactory.instance.objectNode();
    described.put("http", answer.written() ? 201 : 200);
    described.put("status", answer.status().name());
    described.put("reason", answer.reason());
    described.put("type", state.type().name());
    described.put("name", state.name());
    described.put("message", state.message());
    described.put("scheduled", state.stateDetails().scheduledTime() != null);
    described.put("pause_reschedule", state.stateDetails().pauseReschedule());
    describe(run, described);
    return described;
  }

  private static void describe(FlowRun run, ObjectNode described) {
    State state = Objects.requireNonNull(run.state());
    described.put("run_type", state.type().name());
    described.put("run_name", state.name());
    described.put("run_count", run.times().runCount());
    described.put("started", run.times().startTime() != null);
    described.put("ended", run.times().endTime() != null);
    described.put("next_scheduled", run.times().nextScheduledStartTime() != null);
    described.put("retries", run.policy().retries());
    described.put("pause_keys", run.policy().pauseKeys().size());
    described.put("resuming", run.policy().resuming());
    described.put("retry_type", run.policy().retryType());
  }
}
