package io.annals.query.runlog;

/** The orders in which log lines are listed; lines of one instant keep the order of arrival. */
public enum LogSort {
  TIMESTAMP_ASC("log.timestamp ASC, log.id ASC"),
  TIMESTAMP_DESC("log.timestamp DESC, log.id DESC");

  final String sql;

  LogSort(String sql) {
    this.sql = sql;
  }
}
