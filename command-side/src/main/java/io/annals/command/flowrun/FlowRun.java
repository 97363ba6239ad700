package io.annals.command.flowrun;

import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunFlowVersionSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInfrastructureAssigned;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputStored;
import io.annals.events.flowrun.FlowRunEvent.FlowRunJobVariablesSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunLabelled;
import io.annals.events.flowrun.FlowRunEvent.FlowRunParametersSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunPolicySet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.flowrun.FlowRunEvent.FlowRunRenamed;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunTagged;
import io.annals.events.state.CreatedBy;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A flow run, as far as decisions about it depend on it.
 *
 * @param timestamps those of its latest states, the latest one last
 * @param inputs texts by key
 */
public record FlowRun(
    UUID id,
    UUID flowId,
    String name,
    @Nullable UUID deploymentId,
    @Nullable UUID workQueueId,
    @Nullable UUID parentTaskRunId,
    boolean autoScheduled,
    @Nullable String infrastructurePid,
    List<String> tags,
    JsonNode labels,
    @Nullable CreatedBy createdBy,
    EmpiricalPolicy policy,
    RunTimes times,
    @Nullable State state,
    List<Instant> timestamps,
    Map<String, String> inputs) {
  /**
   * Timestamps that are remembered so that a new state gets one of its own. Only clocks that go
   * back can meet an old one, and not across this many states.
   */
  static final int MAX_TIMESTAMPS = 100;

  /** The run after an event; null before it was created and after it was deleted. */
  public static @Nullable FlowRun evolve(@Nullable FlowRun run, FlowRunEvent event) {
    if (event instanceof FlowRunCreated created) {
      return created(created);
    }
    if (run == null) {
      throw new IllegalStateException(
          event.getClass().getSimpleName() + " before flow run " + event.flowRunId());
    }
    return switch (event) {
      case FlowRunCreated created -> created(created);
      case FlowRunStateSet set -> run.moved(set);
      case FlowRunProposalRefused refused -> run.with(refused.empiricalPolicy());
      case FlowRunRenamed renamed ->
          run.with(renamed.name(), run.infrastructurePid, run.tags, run.labels);
      case FlowRunFlowVersionSet ignored -> run;
      case FlowRunParametersSet ignored -> run;
      case FlowRunPolicySet set -> run.with(set.empiricalPolicy());
      case FlowRunTagged tagged ->
          run.with(run.name, run.infrastructurePid, List.copyOf(tagged.tags()), run.labels);
      case FlowRunLabelled labelled ->
          run.with(run.name, run.infrastructurePid, run.tags, labelled.labels());
      case FlowRunInfrastructureAssigned assigned ->
          run.with(run.name, assigned.infrastructurePid(), run.tags, run.labels);
      case FlowRunJobVariablesSet ignored -> run;
      case FlowRunInputStored stored -> run.withInput(stored.key(), stored.value());
      case FlowRunInputDeleted deleted -> run.withInput(deleted.key(), null);
      case FlowRunDeleted ignored -> null;
    };
  }

  private static FlowRun created(FlowRunCreated event) {
    return new FlowRun(
        event.flowRunId(),
        event.flowId(),
        event.name(),
        event.deploymentId(),
        event.workQueueId(),
        event.parentTaskRunId(),
        event.autoScheduled(),
        event.infrastructurePid(),
        List.copyOf(event.tags()),
        event.labels(),
        event.createdBy(),
        event.empiricalPolicy(),
        RunTimes.NONE,
        null,
        List.of(),
        Map.of());
  }

  private FlowRun moved(FlowRunStateSet event) {
    List<Instant> latest = new ArrayList<>(timestamps);
    latest.add(event.state().timestamp());
    int from = Math.max(0, latest.size() - MAX_TIMESTAMPS);
    return new FlowRun(
        id,
        flowId,
        name,
        deploymentId,
        workQueueId,
        parentTaskRunId,
        autoScheduled,
        infrastructurePid,
        tags,
        labels,
        createdBy,
        event.empiricalPolicy(),
        event.times(),
        event.state(),
        List.copyOf(latest.subList(from, latest.size())),
        inputs);
  }

  private FlowRun with(EmpiricalPolicy newPolicy) {
    return new FlowRun(
        id,
        flowId,
        name,
        deploymentId,
        workQueueId,
        parentTaskRunId,
        autoScheduled,
        infrastructurePid,
        tags,
        labels,
        createdBy,
        newPolicy,
        times,
        state,
        timestamps,
        inputs);
  }

  private FlowRun with(
      String newName,
      @Nullable String newInfrastructurePid,
      List<String> newTags,
      JsonNode newLabels) {
    return new FlowRun(
        id,
        flowId,
        newName,
        deploymentId,
        workQueueId,
        parentTaskRunId,
        autoScheduled,
        newInfrastructurePid,
        newTags,
        newLabels,
        createdBy,
        policy,
        times,
        state,
        timestamps,
        inputs);
  }

  private FlowRun withInput(String key, @Nullable String value) {
    Map<String, String> changed = new HashMap<>(inputs);
    if (value == null) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return new FlowRun(
        id,
        flowId,
        name,
        deploymentId,
        workQueueId,
        parentTaskRunId,
        autoScheduled,
        infrastructurePid,
        tags,
        labels,
        createdBy,
        policy,
        times,
        state,
        timestamps,
        Map.copyOf(changed));
  }
}
