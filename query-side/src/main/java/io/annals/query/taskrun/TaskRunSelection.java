package io.annals.query.taskrun;

import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/**
 * Which task runs a request speaks of.
 *
 * @param ofFlowRuns conditions on the flow runs they belong to; null for none
 */
public record TaskRunSelection(@Nullable TaskRunFilter taskRuns, @Nullable Where ofFlowRuns) {
  private static final String OF_FLOW_RUNS =
      "EXISTS (SELECT 1 FROM flow_run WHERE flow_run.id = task_run.flow_run_id AND %s)";

  /** These conditions on the columns of table {@code task_run}. */
  public Where where() {
    Where where = Where.all();
    if (taskRuns != null) {
      where.and(taskRuns.where());
    }
    if (ofFlowRuns != null) {
      where.within(OF_FLOW_RUNS, ofFlowRuns);
    }
    return where;
  }
}
