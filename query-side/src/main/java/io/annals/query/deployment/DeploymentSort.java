package io.annals.query.deployment;

/** The orders in which deployments are listed. */
public enum DeploymentSort {
  CREATED_DESC("deployment.created DESC"),
  UPDATED_DESC("deployment.updated DESC"),
  NAME_ASC("deployment.name ASC"),
  NAME_DESC("deployment.name DESC");

  final String sql;

  DeploymentSort(String sql) {
    this.sql = sql;
  }
}
