package io.annals.query.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.query.sql.Database;
import io.annals.query.sql.DayPartitions;
import io.annals.query.sql.MigratedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The lines of one run, page by page. */
class LogQueriesTest {
  @Test
  void pages_follow_each_other_without_a_gap_also_within_one_instant() throws SQLException {
    DataSource dataSource = MigratedDatabase.create();
    new DayPartitions(dataSource, "log").createAhead(Instant.now(), 1);
    UUID run = UUID.randomUUID();
    int count = 2 * LogQueries.PAGE_LINES + 1;
    try (LogWriter writer = new LogWriter(dataSource, InstantSource.system(), UUID::randomUUID)) {
      writer.write(lines(run, count)).orElseThrow().join();
      writer.write(lines(UUID.randomUUID(), 1)).orElseThrow().join();
    }
    LogQueries queries = new LogQueries(new Database(dataSource, dataSource));
    List<LogView> read = new ArrayList<>();
    List<LogView> page = queries.ofRun(run, null);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(LogQueries.PAGE_LINES);
      read.addAll(page);
      page = queries.ofRun(run, page.getLast());
    }
    assertThat(read).hasSize(count).doesNotHaveDuplicates();
    assertThat(read).extracting(LogView::timestamp).isSorted();
    assertThat(read).allMatch(line -> run.equals(line.flowRunId()));
  }

  /** Three instants, many lines at each. */
  private static List<NewLog> lines(UUID run, int count) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return IntStream.range(0, count)
        .mapToObj(i -> new NewLog("test", 20, "line", now.plusSeconds(i % 3), run, null))
        .toList();
  }
}
