package io.annals.query.artifact;

/** The orders in which artifacts, and collections of them, are listed. */
public enum ArtifactSort {
  CREATED_DESC("created DESC"),
  UPDATED_DESC("updated DESC"),
  ID_DESC("id DESC"),
  KEY_DESC("key DESC"),
  KEY_ASC("key ASC");

  final String sql;

  ArtifactSort(String sql) {
    this.sql = sql;
  }
}
