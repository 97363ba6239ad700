package io.annals.command.taskrun;

import io.annals.command.decision.Change;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.taskrun.TaskRunPolicy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What may be asked of task runs. */
public sealed interface TaskRunCommand {
  /** A command about a run that is there already. */
  sealed interface OfOneRun extends TaskRunCommand {
    /** The task run concerned. */
    UUID taskRunId();
  }

  /**
   * Create a task run, or find the one with the same keys in the same flow run. Answers {@code
   * Created}.
   *
   * @param taskRunId null for an id made by the server
   * @param name null or empty for a name made up by the server
   * @param flowRunId null for a task that runs without a flow
   * @param labels the caller's own labels
   * @param state null for PENDING
   */
  record CreateTaskRun(
      @Nullable UUID taskRunId,
      @Nullable String name,
      @Nullable UUID flowRunId,
      String taskKey,
      String dynamicKey,
      @Nullable String cacheKey,
      @Nullable Instant cacheExpiration,
      @Nullable String taskVersion,
      TaskRunPolicy empiricalPolicy,
      List<String> tags,
      ObjectNode labels,
      JsonNode taskInputs,
      @Nullable ProposedState state,
      Client client)
      implements TaskRunCommand {}

  /**
   * Propose a state. Answers {@code Answer}.
   *
   * @param force whether no rules are asked, except about tasks that run in the background
   */
  record SetTaskRunState(UUID taskRunId, ProposedState proposed, boolean force, Client client)
      implements OfOneRun {}

  /** Give a run another name; null or empty for one made up by the server. No answer. */
  record RenameTaskRun(UUID taskRunId, Change<@Nullable String> name) implements OfOneRun {}

  /** Delete a run with its states and logs. No answer. */
  record DeleteTaskRun(UUID taskRunId) implements OfOneRun {}
}
