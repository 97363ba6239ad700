package io.annals.query.block;

/** The orders in which block documents are listed. */
public enum BlockDocumentSort {
  NAME_DESC("d.name DESC, d.id"),
  NAME_ASC("d.name ASC, d.id"),
  BLOCK_TYPE_AND_NAME_ASC("t.name ASC, d.name ASC, d.id");

  final String sql;

  BlockDocumentSort(String sql) {
    this.sql = sql;
  }
}
