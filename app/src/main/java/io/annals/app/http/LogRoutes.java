package io.annals.app.http;

import io.annals.app.stream.LogsOut;
import io.annals.command.decision.UnavailableException;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.runlog.LogFilter;
import io.annals.query.runlog.LogQueries;
import io.annals.query.runlog.LogSort;
import io.annals.query.runlog.LogView;
import io.annals.query.runlog.LogWriter;
import io.annals.query.runlog.NewLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Every route of Prefect's group Logs. */
@RestController
class LogRoutes {
  private final LogWriter writer;
  private final LogQueries logs;
  private final PageLimits limits;
  private final LogsOut logsOut;

  LogRoutes(LogWriter writer, LogQueries logs, PageLimits limits, LogsOut logsOut) {
    this.writer = writer;
    this.logs = logs;
    this.limits = limits;
    this.logsOut = logsOut;
  }

  @PostMapping("/logs/")
  @ResponseStatus(HttpStatus.CREATED)
  JsonNode write(@Body List<NewLog> lines) {
    List<LogView> stored =
        writer
            .write(lines)
            .orElseThrow(() -> new UnavailableException("Too many log lines wait to be written"))
            .join();
    logsOut.publish(stored);
    return NullNode.getInstance();
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record LogList(
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable LogFilter logs,
      @Default("\"TIMESTAMP_ASC\"") LogSort sort) {}

  @PostMapping("/logs/filter")
  List<LogView> filter(@Body LogList body) {
    return logs.page(body.logs(), body.sort(), limits.checked(body.limit()), body.offset());
  }
}
