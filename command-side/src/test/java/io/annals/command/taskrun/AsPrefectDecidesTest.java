package io.annals.command.taskrun;

import static io.annals.command.taskrun.TaskRunFixture.FLOW_RUN;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Decision;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.FindEnclosingFlowRun.EnclosingFlowRun;
import io.annals.command.taskrun.TaskRunCommand.CreateTaskRun;
import io.annals.command.taskrun.TaskRunDecider.Beginning;
import io.annals.command.taskrun.TaskRunDecider.Proposal;
import io.annals.command.taskrun.TaskRunDecider.Surroundings;
import io.annals.command.taskrun.rule.TagSlot;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.taskrun.TaskRunPolicy;
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
 * line of the file says what was proposed to which task run, in which flow run and after how many
 * runs, and what became of it. Scheduled times lie decades ahead or in the past, so that nothing
 * depends on when it was asked.
 */
class AsPrefectDecidesTest {
  private static final String ANSWERS = "/orchestration/task-run-transitions.jsonl";
  private static final String SECOND_RUN = "+2";
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
        if (!ours.equals(asked.get("expect"))) {
          differences.add(line + "\n  ours " + ours);
        }
      }
    }
    assertThat(lines).isGreaterThan(500);
    assertThat(differences).isEmpty();
  }

  private JsonNode answered(JsonNode asked) {
    EnclosingFlowRun flow = flow(asked.get("flow"));
    ProposedState from = state(asked.get("from"));
    int runs = asked.get("runs").asInt();
    TaskRun run = created(asked, flow, runs == 0 ? from : ProposedState.of(StateType.RUNNING));
    for (int count = 1; count < runs; count++) {
      run = after(run, decide(run, flow, ProposedState.of(StateType.RUNNING), true).events());
    }
    if (runs > 0) {
      run = after(run, decide(run, flow, from, true).events());
    }
    boolean forced = asked.get("force").asBoolean();
    Decision<TaskRunEvent, Answer> decision = decide(run, flow, state(asked.get("to")), forced);
    return described(decision.answer(), after(run, decision.events()));
  }

  private TaskRun created(JsonNode asked, @Nullable EnclosingFlowRun flow, ProposedState first) {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    CreateTaskRun command =
        new CreateTaskRun(
            null,
            "t-0",
            flow == null ? null : FLOW_RUN,
            "t",
            "0",
            null,
            null,
            null,
            policy(asked.get("policy")),
            List.of(),
            empty,
            empty,
            first,
            Client.UNKNOWN);
    Beginning beginning = new Beginning(RUN, "spare", proposal(flow, first, true));
    return after(null, TaskRunDecider.create(command, beginning).events());
  }

  private Decision<TaskRunEvent, Answer> decide(
      TaskRun run, @Nullable EnclosingFlowRun flow, ProposedState to, boolean force) {
    return TaskRunDecider.setState(run, proposal(flow, to, force));
  }

  private Proposal proposal(@Nullable EnclosingFlowRun flow, ProposedState to, boolean force) {
    State stamped = to.stamped(new UUID(7, idsGiven++), NOW);
    return new Proposal(
        stamped, force, new Surroundings(flow, null, new TagSlot.NotNeeded(), 0), NOW);
  }

  private static TaskRun after(@Nullable TaskRun before, List<TaskRunEvent> events) {
    TaskRun run = before;
    for (TaskRunEvent event : events) {
      run = TaskRun.evolve(run, event);
    }
    return Objects.requireNonNull(run);
  }

  /** Paused flows were paused with a timeout, and to be scheduled again. */
  private static @Nullable EnclosingFlowRun flow(JsonNode kind) {
    if (kind.isNull()) {
      return null;
    }
    boolean again = kind.asString().endsWith(SECOND_RUN);
    StateType type = StateType.valueOf(kind.asString().replace(SECOND_RUN, ""));
    ProposedState state =
        type == StateType.PAUSED
            ? state(
                JSON.readTree(
                    """
                    {"type": "PAUSED", "state_details": {"pause_key": "k",
                     "pause_timeout": "2099-01-01T00:00:00Z", "pause_reschedule": true}}
                    """))
            : ProposedState.of(type);
    return new EnclosingFlowRun(
        state.stamped(new UUID(8, 8), NOW), again ? 2 : 1, JsonNodeFactory.instance.objectNode());
  }

  private static TaskRunPolicy policy(JsonNode sent) {
    ObjectNode whole = JSON.valueToTree(TaskRunPolicy.DEFAULT);
    whole.setAll((ObjectNode) sent);
    return JSON.treeToValue(whole, TaskRunPolicy.class);
  }

  private static ProposedState state(JsonNode sent) {
    JsonNode details = sent.path("state_details");
    return new ProposedState(
        StateType.valueOf(sent.get("type").asString()),
        sent.path("name").stringValue(null),
        sent.path("message").stringValue(null),
        sent.get("data"),
        details.isObject() ? JSON.treeToValue(details, StateDetails.class) : StateDetails.NONE);
  }

  private static JsonNode described(Answer answer, TaskRun run) {
    State state = Objects.requireNonNull(answer.state());
    StateDetails details = state.stateDetails();
    ObjectNode described = JsonNodeFactory.instance.objectNode();
    described.put("http", answer.written() ? 201 : 200);
    described.put("status", answer.status().name());
    String reason = answer.reason();
    described.put(
        "reason", reason == null ? null : reason.replace(FLOW_RUN.toString(), "FLOW_RUN"));
    described.put("type", state.type().name());
    described.put("name", state.name());
    described.put("message", state.message());
    described.put("scheduled", details.scheduledTime() != null);
    described.put("pause_timeout", details.pauseTimeout() != null);
    described.put("pause_reschedule", details.pauseReschedule());
    described.put("pause_key", details.pauseKey());
    described.put("deferred", Boolean.TRUE.equals(details.deferred()));
    UUID parameters = details.taskParametersId();
    described.put("parameters", parameters == null ? null : parameters.toString());
    String cacheKey = details.cacheKey();
    described.put("cache_key", cacheKey == null ? null : cacheKey.length());
    described.put("retriable", details.retriable());
    described.put("data_kept", state.data() != null);
    describe(run, described);
    return described;
  }

  private static void describe(TaskRun run, ObjectNode described) {
    State state = Objects.requireNonNull(run.state());
    described.put("run_type", state.type().name());
    described.put("run_name", state.name());
    described.put("run_count", run.times().runCount());
    described.put("flow_run_run_count", run.flowRunRunCount());
    described.put("started", run.times().startTime() != null);
    described.put("ended", run.times().endTime() != null);
    described.put("next_scheduled", run.times().nextScheduledStartTime() != null);
  }
}
