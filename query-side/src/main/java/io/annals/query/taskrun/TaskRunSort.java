package io.annals.query.taskrun;

/** The orders in which task runs are listed. */
public enum TaskRunSort {
  ID_DESC("task_run.id DESC"),
  EXPECTED_START_TIME_ASC("task_run.expected_start_time ASC"),
  EXPECTED_START_TIME_DESC("task_run.expected_start_time DESC"),
  NAME_ASC("task_run.name ASC"),
  NAME_DESC("task_run.name DESC"),
  NEXT_SCHEDULED_START_TIME_ASC("task_run.next_scheduled_start_time ASC"),
  END_TIME_DESC("task_run.end_time DESC");

  final String sql;

  TaskRunSort(String sql) {
    this.sql = sql;
  }
}
