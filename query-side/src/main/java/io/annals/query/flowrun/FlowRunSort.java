package io.annals.query.flowrun;

/** The orders in which flow runs are listed. */
public enum FlowRunSort {
  ID_DESC("flow_run.id DESC"),
  START_TIME_ASC("flow_run.shown_start_time ASC"),
  START_TIME_DESC("flow_run.shown_start_time DESC"),
  EXPECTED_START_TIME_ASC("flow_run.expected_start_time ASC"),
  EXPECTED_START_TIME_DESC("flow_run.expected_start_time DESC"),
  NAME_ASC("flow_run.name ASC"),
  NAME_DESC("flow_run.name DESC"),
  NEXT_SCHEDULED_START_TIME_ASC("flow_run.next_scheduled_start_time ASC"),
  END_TIME_DESC("flow_run.end_time DESC");

  final String sql;

  FlowRunSort(String sql) {
    this.sql = sql;
  }
}
