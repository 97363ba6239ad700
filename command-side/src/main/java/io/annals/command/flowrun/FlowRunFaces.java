package io.annals.command.flowrun;

import io.annals.command.flowrun.FindDeployment.DeploymentFacts;
import io.annals.command.flowrun.FindFlow.FlowFacts;
import io.annals.command.flowrun.FindParentTask.ParentTask;
import io.annals.command.flowrun.FindWorkQueue.WorkQueueFacts;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.log.Face;
import io.annals.events.log.IsoInstant;
import io.annals.events.state.CreatedBy;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a flow run's changes of state look in Prefect's event stream. */
final class FlowRunFaces {
  /** Characters of a state's message that an event carries. */
  static final int MAX_MESSAGE_LENGTH = 100_000;

  /** Events of changes that are further apart can be put in order by their times alone. */
  private static final Duration TIGHT_TIMING = Duration.ofMinutes(5);

  private FlowRunFaces() {}

  /** What an event says about the things around a flow run, as far as they exist. */
  record Surroundings(
      @Nullable FlowFacts flow,
      @Nullable DeploymentFacts deployment,
      @Nullable WorkQueueFacts workQueue,
      @Nullable ParentTask parentTask) {}

  /**
   * The face of a change of state.
   *
   * @param run the run after the change
   * @param left the state that it was in before
   */
  static Face stateSet(
      FlowRun run, @Nullable State left, FlowRunStateSet event, Surroundings surroundings) {
    State state = event.state();
    return new Face(
        state.id(),
        state.timestamp(),
        "prefect.flow-run." + state.name(),
        resource(run, state),
        related(run, surroundings),
        payload(left, state),
        left != null && isTight(left, state) ? left.id() : null);
  }

  private static Map<String, String> resource(FlowRun run, State state) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Face.RESOURCE_ID, "prefect.flow-run." + run.id());
    labels.put(Face.RESOURCE_NAME, run.name());
    labels.put("prefect.run-count", Integer.toString(run.times().runCount()));
    labels.put("prefect.state-message", shortened(state.message()));
    labels.put("prefect.state-name", state.name());
    labels.put("prefect.state-timestamp", isoFormat(state.timestamp()));
    labels.put("prefect.state-type", state.type().name());
    return labels;
  }

  private static List<Map<String, String>> related(FlowRun run, Surroundings surroundings) {
    List<Map<String, String>> related = new ArrayList<>();
    SortedSet<String> tags = new TreeSet<>(run.tags());
    FlowFacts flow = surroundings.flow();
    if (flow != null) {
      related.add(resource("flow", flow.id(), flow.name()));
      tags.addAll(flow.tags());
    }
    DeploymentFacts deployment = surroundings.deployment();
    if (deployment != null) {
      related.add(resource("deployment", deployment.id(), deployment.name()));
      tags.addAll(deployment.tags());
    }
    WorkQueueFacts queue = surroundings.workQueue();
    if (queue != null) {
      related.add(resource("work-queue", queue.id(), queue.name()));
      Map<String, String> pool = resource("work-pool", queue.poolId(), queue.poolName());
      pool.put("prefect.work-pool.type", queue.poolType());
      related.add(pool);
    }
    ParentTask task = surroundings.parentTask();
    if (task != null) {
      related.add(resource("task-run", task.id(), task.name()));
      tags.addAll(task.tags());
    }
    for (String tag : tags) {
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put(Face.RESOURCE_ID, "prefect.tag." + tag);
      labels.put(Face.RESOURCE_ROLE, "tag");
      related.add(labels);
    }
    Map<String, String> creator = creator(run.createdBy());
    if (!creator.isEmpty()) {
      related.add(creator);
    }
    return related;
  }

  private static Map<String, String> resource(String kind, UUID id, String name) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Face.RESOURCE_ID, "prefect." + kind + "." + id);
    labels.put(Face.RESOURCE_ROLE, kind);
    labels.put(Face.RESOURCE_NAME, name);
    return labels;
  }

  /** Who made the run, where that can be looked up; nothing for schedules. */
  private static Map<String, String> creator(@Nullable CreatedBy createdBy) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (createdBy == null || createdBy.type() == null) {
      return labels;
    }
    String kind = createdBy.type();
    if (!kind.equals("DEPLOYMENT") && !kind.equals("AUTOMATION")) {
      return labels;
    }
    String resource = kind.equals("DEPLOYMENT") ? "prefect.deployment." : "prefect.automation.";
    labels.put(Face.RESOURCE_ID, resource + createdBy.id());
    labels.put(Face.RESOURCE_ROLE, "creator");
    String name = createdBy.displayValue();
    if (name != null && !name.isEmpty()) {
      labels.put(Face.RESOURCE_NAME, name);
    }
    return labels;
  }

  private static JsonNode payload(@Nullable State left, State state) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    // Both halves of "intended" speak of what was, not of what was asked for: as Prefect does.
    ObjectNode intended = payload.putObject("intended");
    intended.put("from", left == null ? null : left.type().name());
    intended.put("to", state.type().name());
    if (left == null) {
      payload.putNull("initial_state");
    } else {
      payload.set("initial_state", summary(left));
    }
    payload.set("validated_state", summary(state));
    return payload;
  }

  private static ObjectNode summary(State state) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.put("type", state.type().name());
    if (!state.name().isEmpty()) {
      summary.put("name", state.name());
    }
    String message = shortened(state.message());
    if (!message.isEmpty()) {
      summary.put("message", message);
    }
    if (state.type() == StateType.PAUSED) {
      summary.put("pause_reschedule", Boolean.toString(state.stateDetails().pauseReschedule()));
    }
    return summary;
  }

  private static boolean isTight(State left, State state) {
    Duration apart = Duration.between(left.timestamp(), state.timestamp()).abs();
    return apart.compareTo(TIGHT_TIMING) < 0;
  }

  /** A message without its middle, if it is too long. Lengths count characters, as Python does. */
  static String shortened(@Nullable String message) {
    if (message == null || message.length() <= MAX_MESSAGE_LENGTH) {
      return message == null ? "" : message;
    }
    int length = message.codePointCount(0, message.length());
    if (length <= MAX_MESSAGE_LENGTH) {
      return message;
    }
    int half = MAX_MESSAGE_LENGTH / 2;
    String note = "..." + (length - 2 * half) + " additional characters...";
    if (2 * half + note.length() >= length) {
      return message;
    }
    String start = message.substring(0, message.offsetByCodePoints(0, half));
    String end = message.substring(message.offsetByCodePoints(message.length(), -half));
    return start + note + end;
  }

  /** Python's isoformat of a moment in UTC: microseconds, but only when there are any. */
  static String isoFormat(Instant moment) {
    String text = IsoInstant.micros(moment);
    return text.substring(0, text.length() - 1) + "+00:00";
  }
}
