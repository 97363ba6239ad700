package io.annals.query.variable;

/** The orders in which variables are listed. */
public enum VariableSort {
  CREATED_DESC("created DESC"),
  UPDATED_DESC("updated DESC"),
  NAME_DESC("name DESC"),
  NAME_ASC("name ASC");

  final String sql;

  VariableSort(String sql) {
    this.sql = sql;
  }
}
