package io.annals.query.flow;

/** The orders in which flows are listed. */
public enum FlowSort {
  CREATED_DESC("flow.created DESC"),
  UPDATED_DESC("flow.updated DESC"),
  NAME_ASC("flow.name ASC"),
  NAME_DESC("flow.name DESC");

  final String sql;

  FlowSort(String sql) {
    this.sql = sql;
  }
}
