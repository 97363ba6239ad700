package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.query.runlog.LogView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run's logs as a file, page by page. */
class LogDownloadTest {
  private final List<LogView> all = List.of(line("one"), line("two, \"three\""), line("four"));
  private final List<@Nullable LogView> asked = new ArrayList<>();

  private static LogView line(String message) {
    Instant at = Instant.parse("2026-01-02T03:04:05.6Z");
    return new LogView(UUID.randomUUID(), at, at, "test", 20, message, at, new UUID(0, 1), null);
  }

  /** One line a page. */
  private List<LogView> after(@Nullable LogView last) {
    asked.add(last);
    return all.stream().skip(last == null ? 0 : all.indexOf(last) + 1L).limit(1).toList();
  }

  @Test
  void every_page_is_written() {
    StringWriter csv = new StringWriter();
    LogDownloadRoutes.write(new PrintWriter(csv), this::after);
    String start = "2026-01-02 03:04:05.600000+00:00,20,00000000-0000-0000-0000-000000000001,,";
    assertThat(csv)
        .hasToString(
            "timestamp,level,flow_run_id,task_run_id,message\r\n"
                + start
                + "one\r\n"
                + start
                + "\"two, \"\"three\"\"\"\r\n"
                + start
                + "four\r\n");
    assertThat(asked).hasSize(4);
  }

  @Test
  void for_a_client_that_is_gone_nothing_more_is_read() {
    PrintWriter broken =
        new PrintWriter(Writer.nullWriter()) {
          @Override
          public boolean checkError() {
            return true;
          }
        };
    LogDownloadRoutes.write(broken, this::after);
    assertThat(asked).hasSize(1);
  }
}
