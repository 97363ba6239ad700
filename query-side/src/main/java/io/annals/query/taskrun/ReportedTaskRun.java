package io.annals.query.taskrun;

import io.annals.events.log.EventCodec;
import io.annals.events.log.Face;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunPolicy;
import io.annals.query.event.EventIds;
import io.annals.query.request.InstantText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task run and the state it moved to, as its client reported them. What a report leaves out has
 * its default: each report is the whole run, so that only the newest one counts.
 *
 * @param id the run's id by the client; the table may know the run under an older one
 * @param run {@code payload.task_run}
 * @param state {@code payload.validated_state}
 */
record ReportedTaskRun(
    UUID id,
    @Nullable UUID flowRunId,
    String taskKey,
    String dynamicKey,
    UUID stateId,
    Instant timestamp,
    StateType stateType,
    String stateName,
    JsonNode run,
    JsonNode state) {
  /** The newer report last; of two at one moment the one with the larger id. */
  static final Comparator<ReportedTaskRun> AGE =
      Comparator.comparing(ReportedTaskRun::timestamp)
          .thenComparing(report -> report.stateId().toString());

  private static final String NAMES = "prefect.task-run";
  private static final String TASK_RUN = "prefect.task-run.";
  private static final String FLOW_RUN = "prefect.flow-run.";
  private static final String ORCHESTRATION = "prefect.orchestration";

  /** Stands for the flow run of runs that have none, as in the table's unique index. */
  private static final UUID NO_FLOW_RUN = new UUID(0, 0);

  private static final List<String> ARTIFACT_WORDS =
      List.of("artifact_key", "artifact_type", "artifact_description");

  private static final ObjectNode POLICY = EventCodec.JSON.valueToTree(TaskRunPolicy.DEFAULT);

  /** What makes a task run one and the same within its flow run. */
  record NaturalKey(UUID flowRunId, String taskKey, String dynamicKey) {
    static NaturalKey of(@Nullable UUID flowRunId, String taskKey, String dynamicKey) {
      return new NaturalKey(flowRunId == null ? NO_FLOW_RUN : flowRunId, taskKey, dynamicKey);
    }
  }

  /** Reads a report; null for any other event, and for one that cannot be understood. */
  static @Nullable ReportedTaskRun of(Face face) {
    if (!face.event().startsWith(NAMES) || !"client".equals(face.resource().get(ORCHESTRATION))) {
      return null;
    }
    UUID id = idAfter(TASK_RUN, face.resourceId());
    JsonNode run = face.payload().path("task_run");
    JsonNode state = face.payload().path("validated_state");
    StateType type = type(state.path("type").asString(""));
    if (id == null || type == null || !run.isObject() || !canBeServed(run, state)) {
      return null;
    }
    String taskKey = run.path("task_key").asString("");
    String dynamicKey = run.path("dynamic_key").asString("");
    if (taskKey.isEmpty() || dynamicKey.isEmpty()) {
      return null;
    }
    return new ReportedTaskRun(
        id,
        flowRunId(face),
        taskKey,
        dynamicKey,
        face.id(),
        face.occurred(),
        type,
        state.path("name").asString(type.defaultName()),
        run,
        state);
  }

  /** Whether what is kept of it can be read again; Prefect's recorder drops the rest as well. */
  private static boolean canBeServed(JsonNode run, JsonNode state) {
    JsonNode tags = run.path("tags");
    if (tags.isArray() && !tags.valueStream().allMatch(JsonNode::isString)) {
      return false;
    }
    JsonNode details = state.path("state_details");
    try {
      return !details.isObject()
          || EventCodec.JSON.treeToValue(details, StateDetails.class) != null;
    } catch (JacksonException unreadable) {
      return false;
    }
  }

  private static @Nullable UUID flowRunId(Face face) {
    for (Map<String, String> related : face.related()) {
      if ("flow-run".equals(related.get(Face.RESOURCE_ROLE))) {
        return idAfter(FLOW_RUN, related.getOrDefault(Face.RESOURCE_ID, ""));
      }
    }
    return null;
  }

  private static @Nullable UUID idAfter(String prefix, String resourceId) {
    return resourceId.startsWith(prefix)
        ? EventIds.read(resourceId.substring(prefix.length()))
        : null;
  }

  private static @Nullable StateType type(String name) {
    for (StateType type : StateType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  NaturalKey naturalKey() {
    return NaturalKey.of(flowRunId, taskKey, dynamicKey);
  }

  @Nullable String text(String key) {
    return run.path(key).isString() ? run.get(key).stringValue() : null;
  }

  String name() {
    return run.path("name").asString("");
  }

  int number(String key) {
    return run.path(key).asInt(0);
  }

  double seconds(String key) {
    return run.path(key).asDouble(0.0);
  }

  @Nullable Instant moment(String key) {
    return InstantText.read(run.path(key)).orElse(null);
  }

  /** A JSON object of the run, empty when there is none. */
  String object(String key) {
    return run.path(key).isObject() ? run.get(key).toString() : "{}";
  }

  /** The run's policy; what the client leaves out has Prefect's default. */
  String policy() {
    ObjectNode policy = POLICY.deepCopy();
    run.path("empirical_policy")
        .properties()
        .forEach(setting -> policy.replace(setting.getKey(), setting.getValue()));
    return policy.toString();
  }

  /** The run's tags as a JSON list of texts. */
  String tagsJson() {
    return run.path("tags").isArray() ? run.get("tags").toString() : "[]";
  }

  @Nullable String message() {
    return state.path("message").isString() ? state.get("message").stringValue() : null;
  }

  /** What the run returned, when it was persisted. */
  @Nullable JsonNode result() {
    JsonNode data = state.path("data");
    boolean none =
        data.isNull()
            || data.isMissingNode()
            || data.path("type").asString("").equals("unpersisted");
    return none ? null : data;
  }

  /** A text that the result carries for its artifact. */
  @Nullable String resultText(String key) {
    JsonNode text = state.path("data").path(key);
    return text.isString() ? text.stringValue() : null;
  }

  /** The result without what it carries for its artifact. */
  String resultData() {
    JsonNode data = state.path("data");
    return data instanceof ObjectNode object
        ? object.deepCopy().without(ARTIFACT_WORDS).toString()
        : data.toString();
  }

  /** The state's details, with the ids under which the run is kept. */
  String stateDetails(UUID canonicalId) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("deferred", false); // what a client leaves out has Prefect's default
    state
        .path("state_details")
        .properties()
        .forEach(detail -> details.set(detail.getKey(), detail.getValue()));
    details.put("task_run_id", canonicalId.toString());
    details.put("flow_run_id", flowRunId == null ? null : flowRunId.toString());
    return details.toString();
  }
}
