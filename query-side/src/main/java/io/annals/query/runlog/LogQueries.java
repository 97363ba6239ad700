package io.annals.query.runlog;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads log lines. */
public final class LogQueries {
  /** Lines of a run that are read at once. */
  static final int PAGE_LINES = 500;

  private static final String LOGS = "SELECT " + LogView.COLUMNS + " FROM log WHERE %s";

  private final Database database;

  /** Reads from one database. */
  public LogQueries(Database database) {
    this.database = database;
  }

  /** One page of lines. */
  public List<LogView> page(@Nullable LogFilter filter, LogSort sort, int limit, long offset) {
    Where where = filter == null ? Where.all() : filter.where();
    return limit == 0
        ? List.of()
        : database.page(LOGS, where, sort.sql, limit, offset, LogView::read);
  }

  /**
   * The next lines of a flow run, oldest first, up to {@value #PAGE_LINES}. Between two pages no
   * connection is held, however long the reader takes.
   *
   * @param last the line after which to go on; null to begin
   */
  public List<LogView> ofRun(UUID flowRunId, @Nullable LogView last) {
    Where where = Where.all().and("log.flow_run_id = ?", flowRunId);
    if (last != null) {
      where.and("(log.timestamp, log.id) > (?, ?)", last.timestamp(), last.id());
    }
    return database.page(LOGS, where, LogSort.TIMESTAMP_ASC.sql, PAGE_LINES, 0, LogView::read);
  }
}
