package io.annals.app.http;

import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.taskworker.TaskWorkerView;
import io.annals.query.taskworker.TaskWorkers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every route of Prefect's group Task workers. */
@RestController
class TaskWorkerRoutes {
  private final TaskWorkers workers;

  TaskWorkerRoutes(TaskWorkers workers) {
    this.workers = workers;
  }

  @IgnoresUnknownKeys
  record TaskWorkerFilter(List<String> taskKeys) {}

  @IgnoresUnknownKeys
  @NullMeansDefault
  record TaskWorkerList(@Nullable TaskWorkerFilter taskWorkerFilter) {}

  @PostMapping("/task_workers/filter")
  List<TaskWorkerView> filter(@Body TaskWorkerList body) {
    TaskWorkerFilter filter = body.taskWorkerFilter();
    return workers.connected(filter == null ? List.of() : filter.taskKeys());
  }
}
