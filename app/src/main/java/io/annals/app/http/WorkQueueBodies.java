package io.annals.app.http;

import io.annals.command.workpool.WorkPoolCommand.CreateWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.UpdateWorkQueue;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Matches;
import io.annals.query.request.MoreThan;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
import io.annals.query.workpool.WorkQueueFilter;
import io.annals.query.workpool.WorkQueueView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What clients send about work queues, whether they call them by id or by names. */
final class WorkQueueBodies {
  private WorkQueueBodies() {}

  /** Which runs an old queue of agents takes. */
  @IgnoresUnknownKeys
  record QueueFilter(@Nullable List<String> tags, @Nullable List<UUID> deploymentIds) {
    static @Nullable JsonNode json(@Nullable QueueFilter filter) {
      if (filter == null) {
        return null;
      }
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      put(json, "tags", filter.tags);
      put(json, "deployment_ids", filter.deploymentIds);
      return json;
    }

    private static void put(ObjectNode json, String key, @Nullable List<?> values) {
      if (values == null) {
        json.putNull(key);
      } else {
        ArrayNode array = json.putArray(key);
        values.forEach(value -> array.add(value.toString()));
      }
    }
  }

  record NewWorkQueue(
      @Matches(WorkPoolRoutes.NAME) String name,
      @Default("\"\"") @Nullable String description,
      @Default("false") boolean isPaused,
      @AtLeast(0) @Nullable Integer concurrencyLimit,
      @MoreThan(0) @Nullable Integer priority,
      @Nullable QueueFilter filter) {
    CreateWorkQueue command(UUID workPoolId) {
      return new CreateWorkQueue(
          workPoolId,
          name,
          Objects.requireNonNullElse(description, ""),
          isPaused,
          concurrencyLimit,
          priority,
          QueueFilter.json(filter));
    }
  }

  record WorkQueueChange(
      Patch<@Nullable String> name,
      Patch<@Nullable String> description,
      Patch<Boolean> isPaused,
      @AtLeast(0) Patch<@Nullable Integer> concurrencyLimit,
      @MoreThan(0) Patch<@Nullable Integer> priority,
      Patch<@Nullable Instant> lastPolled,
      Patch<@Nullable QueueFilter> filter) {
    UpdateWorkQueue command(WorkQueueView queue) {
      return new UpdateWorkQueue(
          queue.workPoolId(),
          queue.id(),
          Changes.of(name),
          Changes.of(description),
          Changes.of(isPaused),
          Changes.of(concurrencyLimit),
          Changes.of(priority),
          Changes.of(filter, QueueFilter::json));
    }
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record WorkQueueList(
      @Nullable WorkQueueFilter workQueues,
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset) {}
}
