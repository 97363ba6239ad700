package io.annals.app.http;

import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.flowrun.FlowRunView;
import io.annals.query.runlog.LogQueries;
import io.annals.query.runlog.LogView;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A run's logs as a file. */
@RestController
class LogDownloadRoutes {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  private final FlowRunQueries flowRuns;
  private final LogQueries logs;

  LogDownloadRoutes(FlowRunQueries flowRuns, LogQueries logs) {
    this.flowRuns = flowRuns;
    this.logs = logs;
  }

  @GetMapping("/flow_runs/{id}/logs/download")
  void download(@PathVariable UUID id, HttpServletResponse response) throws IOException {
    FlowRunView run = flowRuns.byId(id).orElseThrow(FlowRunRoutes::notFound);
    String name =
        URLEncoder.encode(run.name() + "-logs.csv", StandardCharsets.UTF_8).replace("+", "%20");
    response.setContentType("text/csv; charset=utf-8");
    response.setHeader(
        "Content-Disposition",
        "attachment; filename=\"flow-run-logs.csv\"; filename*=UTF-8''" + name);
    PrintWriter csv = response.getWriter();
    write(csv, last -> logs.ofRun(id, last));
  }

  /** The lines after one, null to begin; none at the end. */
  interface Lines {
    List<LogView> after(@Nullable LogView last);
  }

  /** Page by page, as fast as the client takes it, until it has all or is gone. */
  static void write(PrintWriter csv, Lines lines) {
    csv.print("timestamp,level,flow_run_id,task_run_id,message\r\n");
    List<LogView> page = lines.after(null);
    while (!page.isEmpty()) {
      page.forEach(line -> csv.print(row(line)));
      page = csv.checkError() ? List.of() : lines.after(page.getLast());
    }
    csv.flush();
  }

  private static String row(LogView line) {
    return "%s,%d,%s,%s,%s\r\n"
        .formatted(
            TIMESTAMP.format(line.timestamp()),
            line.level(),
            text(line.flowRunId()),
            text(line.taskRunId()),
            quoted(line.message()));
  }

  private static String text(@Nullable UUID id) {
    return id == null ? "" : id.toString();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
