package io.annals.command.workpool;

import io.annals.command.entity.Labels;
import io.annals.command.workpool.WorkPool.Notice;
import io.annals.events.log.Face;
import io.annals.events.workpool.StorageConfiguration;
import io.annals.events.workpool.WorkPoolEvent;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolDefaultQueueSet;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolDeleted;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolPaused;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolResumed;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolStatusSet;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolUpdated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueDeleted;
import io.annals.events.workpool.WorkPoolEvent.WorkQueuePaused;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueResumed;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueStatusSet;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueUpdated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueuesReprioritised;
import io.annals.events.workpool.WorkStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How what happens to work pools and queues looks in Prefect's event stream. */
final class WorkPoolFaces {
  /** Prefect links notices about a status to the one before when that is no older. */
  private static final Duration LINKED = Duration.ofMinutes(10);

  private static final String POOL = "work-pool";
  private static final String QUEUE = "work-queue";
  private static final String TYPE = "prefect.work-pool.type";

  private WorkPoolFaces() {}

  static @Nullable Face of(
      @Nullable WorkPool before, WorkPool pool, WorkPoolEvent event, UUID id, Instant occurred) {
    WorkPool was = before == null ? pool : before;
    return switch (event) {
      // A pool is announced when it is complete: after its default queue.
      case WorkPoolCreated ignored -> null;
      case WorkPoolDefaultQueueSet ignored -> ofPool(pool, "created", id, occurred);
      case WorkPoolDeleted ignored -> ofPool(pool, "deleted", id, occurred);
      case WorkPoolUpdated ignored -> updated(was, pool, id, occurred);
      case WorkPoolPaused ignored -> status(was, pool);
      case WorkPoolResumed ignored -> status(was, pool);
      case WorkPoolStatusSet ignored -> status(was, pool);
      case WorkQueueCreated created ->
          ofQueue(pool, created.workQueueId(), "created", id, occurred);
      case WorkQueueUpdated updated -> queueUpdated(was, pool, updated.workQueueId(), id, occurred);
      case WorkQueuesReprioritised ignored -> null;
      case WorkQueuePaused paused -> queueStatus(was, pool, paused.workQueueId(), id, occurred);
      case WorkQueueResumed resumed -> queueStatus(was, pool, resumed.workQueueId(), id, occurred);
      case WorkQueueStatusSet set -> queueStatus(was, pool, set.workQueueId(), id, occurred);
      case WorkQueueDeleted deleted -> ofQueue(was, deleted.workQueueId(), "deleted", id, occurred);
    };
  }

  private static Face ofPool(WorkPool pool, String verb, UUID id, Instant occurred) {
    List<Map<String, String>> related = new ArrayList<>();
    if (pool.defaultQueueId() != null) {
      related.add(Labels.related("default-queue", QUEUE, pool.defaultQueueId(), null));
    }
    UUID results = pool.settings().storageConfiguration().defaultResultStorageBlockId();
    if (results != null) {
      related.add(Labels.related("result-storage", "block-document", results, null));
    }
    return new Face(
        id, occurred, "prefect.work-pool." + verb, labelled(pool), related, nothing(), null);
  }

  private static @Nullable Face updated(WorkPool was, WorkPool pool, UUID id, Instant occurred) {
    Updates updates = new Updates();
    updates.compare(
        "description", text(was.settings().description()), text(pool.settings().description()));
    updates.compare(
        "base_job_template", was.settings().baseJobTemplate(), pool.settings().baseJobTemplate());
    updates.compare(
        "concurrency_limit",
        number(was.settings().concurrencyLimit()),
        number(pool.settings().concurrencyLimit()));
    updates.compare(
        "storage_configuration",
        json(was.settings().storageConfiguration()),
        json(pool.settings().storageConfiguration()));
    return updates.areNone()
        ? null
        : new Face(
            id,
            occurred,
            "prefect.work-pool.updated",
            labelled(pool),
            List.of(),
            updates.payload(),
            null);
  }

  /** Prefect gives notice of every answer to a pause, even where the status stays as it is. */
  private static @Nullable Face status(WorkPool was, WorkPool pool) {
    Notice notice = pool.lastNotice();
    Notice last = was.lastNotice();
    if (notice == null || notice.equals(last)) {
      return null;
    }
    Notice followed =
        last != null && Duration.between(last.at(), notice.at()).compareTo(LINKED) < 0
            ? last
            : null;
    return new Face(
        notice.id(),
        notice.at(),
        "prefect.work-pool." + kebab(pool.status()),
        typed(Labels.resource(POOL, pool.id(), pool.name()), pool),
        List.of(),
        nothing(),
        followed == null ? null : followed.id());
  }

  private static Face ofQueue(WorkPool pool, UUID queueId, String verb, UUID id, Instant occurred) {
    return ofQueue(pool, queue(pool, queueId), verb, nothing(), id, occurred);
  }

  private static @Nullable Face queueUpdated(
      WorkPool was, WorkPool pool, UUID queueId, UUID id, Instant occurred) {
    WorkQueue before = queue(was, queueId);
    WorkQueue after = queue(pool, queueId);
    Updates updates = new Updates();
    updates.compare("name", text(before.name()), text(after.name()));
    updates.compare("description", text(before.description()), text(after.description()));
    updates.compare(
        "concurrency_limit", number(before.concurrencyLimit()), number(after.concurrencyLimit()));
    updates.compare("priority", number(before.priority()), number(after.priority()));
    return updates.areNone()
        ? null
        : ofQueue(pool, after, "updated", updates.payload(), id, occurred);
  }

  private static @Nullable Face queueStatus(
      WorkPool was, WorkPool pool, UUID queueId, UUID id, Instant occurred) {
    WorkStatus status = queue(pool, queueId).status();
    return queue(was, queueId).status() == status
        ? null
        : ofQueue(pool, queueId, kebab(status), id, occurred);
  }

  private static Face ofQueue(
      WorkPool pool, WorkQueue queue, String verb, JsonNode payload, UUID id, Instant occurred) {
    Map<String, String> labels = Labels.resource(QUEUE, queue.id(), queue.name());
    labels.put(Face.RESOURCE_ROLE, QUEUE);
    return new Face(
        id,
        occurred,
        "prefect.work-queue." + verb,
        labels,
        List.of(typed(Labels.related(POOL, POOL, pool.id(), pool.name()), pool)),
        payload,
        null);
  }

  private static WorkQueue queue(WorkPool pool, UUID queueId) {
    return pool.queue(queueId)
        .orElseThrow(() -> new IllegalStateException(pool.id() + " has no queue " + queueId));
  }

  private static Map<String, String> labelled(WorkPool pool) {
    Map<String, String> labels = Labels.resource(POOL, pool.id(), pool.name());
    labels.put(Face.RESOURCE_ROLE, POOL);
    return typed(labels, pool);
  }

  private static Map<String, String> typed(Map<String, String> labels, WorkPool pool) {
    labels.put(TYPE, pool.type());
    return labels;
  }

  private static String kebab(WorkStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The fields of an update, in the order in which Prefect looks at them. */
  private static final class Updates {
    private final ObjectNode payload = nothing();
    private final ObjectNode updates = nothing();

    void compare(String field, JsonNode from, JsonNode to) {
      if (!from.equals(to)) {
        ObjectNode update = updates.putObject(field);
        update.set("from", from);
        update.set("to", to);
      }
    }

    boolean areNone() {
      return updates.isEmpty();
    }

    JsonNode payload() {
      var fields = payload.putArray("updated_fields");
      updates.propertyNames().forEach(fields::add);
      payload.set("updates", updates);
      return payload;
    }
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode text(@Nullable String text) {
    return text == null
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.stringNode(text);
  }

  private static JsonNode number(@Nullable Integer number) {
    return number == null
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.numberNode(number.intValue());
  }

  private static JsonNode json(StorageConfiguration storage) {
    ObjectNode json = nothing();
    json.set("bundle_upload_step", storage.bundleUploadStep());
    json.set("bundle_execution_step", storage.bundleExecutionStep());
    UUID results = storage.defaultResultStorageBlockId();
    json.put("default_result_storage_block_id", results == null ? null : results.toString());
    return json;
  }
}
