package io.annals.query.artifact;

import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/**
 * Which artifacts, or collections, a request speaks of.
 *
 * @param own conditions on their own columns; null for none
 * @param ofFlowRuns conditions on the flow run they belong to; null for none
 * @param ofTaskRuns conditions on the task run they belong to; null for none
 */
public record ArtifactSelection(
    @Nullable Where own, @Nullable Where ofFlowRuns, @Nullable Where ofTaskRuns) {
  private static final String OF_FLOW_RUNS =
      "EXISTS (SELECT 1 FROM flow_run WHERE flow_run.id = shown.flow_run_id AND %s)";
  private static final String OF_TASK_RUNS =
      "EXISTS (SELECT 1 FROM task_run WHERE task_run.id = shown.task_run_id AND %s)";

  /** These conditions on the columns of a table that goes by the name of {@code shown}. */
  Where where() {
    Where where = Where.all().and(own);
    if (ofFlowRuns != null) {
      where.within(OF_FLOW_RUNS, ofFlowRuns);
    }
    if (ofTaskRuns != null) {
      where.within(OF_TASK_RUNS, ofTaskRuns);
    }
    return where;
  }
}
