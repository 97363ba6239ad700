package io.annals.app.stream;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The path of the websocket of task workers. */
@RestController
public final class TaskSubscriptionRoutes {
  private final WebSocketUpgrade upgrade;
  private final ScheduledTaskRuns runs;

  /** Leads task workers to scheduled runs. */
  public TaskSubscriptionRoutes(WebSocketUpgrade upgrade, ScheduledTaskRuns runs) {
    this.upgrade = upgrade;
    this.runs = runs;
  }

  /** Scheduled task runs to task workers. */
  @WebSocketRoute
  @GetMapping("/task_runs/subscriptions/scheduled")
  public void scheduled(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    upgrade.accept(request, response, false, TaskSubscription.MAX_MESSAGE_BYTES, runs::serve);
  }
}
