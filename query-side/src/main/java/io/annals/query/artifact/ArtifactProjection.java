package io.annals.query.artifact;

import io.annals.events.artifact.ArtifactEvent;
import io.annals.events.artifact.ArtifactEvent.ArtifactAdopted;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionAdvanced;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionEnded;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionFellBack;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionStarted;
import io.annals.events.artifact.ArtifactEvent.ArtifactCreated;
import io.annals.events.artifact.ArtifactEvent.ArtifactDeleted;
import io.annals.events.artifact.ArtifactEvent.ArtifactUpdated;
import io.annals.events.log.EventCodec;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import io.annals.query.log.Projection;
import io.annals.query.sql.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tables {@code artifact}, as far as artifacts are no results of states, and {@code
 * artifact_collection}. A collection's row is a copy of the artifact that it shows.
 */
public final class ArtifactProjection implements Projection {
  private static final Rows ARTIFACTS =
      new Rows(
          "artifact",
          "key text",
          "type text",
          "description text",
          "data json",
          "metadata_ json",
          "flow_run_id uuid",
          "task_run_id uuid");

  private static final Rows CHANGES =
      new Rows("artifact", "description text", "data json", "metadata_ json");

  private static final String START =
      """
      INSERT INTO artifact_collection (id, created, updated, key, latest_id, type, description,
          data, metadata_, flow_run_id, task_run_id)
      SELECT ?::uuid, created, updated, key, id, type, description, data, metadata_, flow_run_id,
          task_run_id
      FROM artifact WHERE id = ?::uuid
      """;

  /** Another node may have ended the collection meanwhile; then it goes on. */
  private static final String ADVANCE =
      START
          + """
          ON CONFLICT (id) DO UPDATE SET updated = excluded.updated, latest_id = excluded.latest_id,
              type = excluded.type, description = excluded.description, data = excluded.data,
              metadata_ = excluded.metadata_, flow_run_id = excluded.flow_run_id,
              task_run_id = excluded.task_run_id
          """;

  private static final String FALL_BACK =
      """
      UPDATE artifact_collection SET created = shown.created, updated = shown.updated,
          latest_id = shown.id, type = shown.type, description = shown.description,
          data = shown.data, metadata_ = shown.metadata_, flow_run_id = shown.flow_run_id,
          task_run_id = shown.task_run_id
      FROM artifact shown
      WHERE shown.id = ?::uuid
          AND artifact_collection.id = ?::uuid AND artifact_collection.latest_id = ?::uuid
      """;

  private static final String END =
      "DELETE FROM artifact_collection WHERE id = ?::uuid AND latest_id = ?::uuid";

  private static final String SHOW_CHANGE =
      """
      UPDATE artifact_collection SET description = shown.description, data = shown.data,
          metadata_ = shown.metadata_, updated = shown.updated
      FROM artifact shown
      WHERE shown.id = ?::uuid AND artifact_collection.latest_id = shown.id
      """;

  @Override
  public List<String> tables() {
    return List.of("artifact_collection", "artifact");
  }

  /** The results of states are artifacts that other projections have written. */
  @Override
  public boolean reachesOthers(LoggedEvent event) {
    return event.payload() instanceof ArtifactUpdated || event.payload() instanceof ArtifactDeleted;
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof ArtifactEvent payload) {
        project(transaction.connection(), payload, event.occurred());
      }
    }
  }

  private static void project(Connection connection, ArtifactEvent event, Instant at)
      throws SQLException {
    switch (event) {
      case ArtifactCreated created -> create(connection, created, at);
      case ArtifactUpdated(var id, var description, var data, var metadata) -> {
        CHANGES.update(connection, id, at, description, stored(data), text(metadata));
        Rows.run(connection, SHOW_CHANGE, id);
      }
      case ArtifactDeleted(var id) -> ARTIFACTS.delete(connection, id);
      case ArtifactCollectionStarted(var id, var collectionId) ->
          Rows.run(connection, START, collectionId, id);
      case ArtifactCollectionAdvanced(var id, var collectionId) ->
          Rows.run(connection, ADVANCE, collectionId, id);
      case ArtifactCollectionFellBack back ->
          Rows.run(connection, FALL_BACK, back.latestId(), back.collectionId(), back.artifactId());
      case ArtifactCollectionEnded(var id, var collectionId) ->
          Rows.run(connection, END, collectionId, id);
      // Says what a decision was based on; the table has it already.
      case ArtifactAdopted ignored -> {}
    }
  }

  private static void create(Connection connection, ArtifactCreated created, Instant at)
      throws SQLException {
    ARTIFACTS.insert(
        connection,
        created.artifactId(),
        at,
        created.key(),
        created.type(),
        created.description(),
        stored(created.data()),
        text(created.metadata()),
        created.flowRunId(),
        created.taskRunId());
  }

  private static @Nullable JsonNode stored(JsonNode data) {
    return data.isNull() ? null : data;
  }

  private static @Nullable String text(@Nullable Map<String, String> metadata) {
    return metadata == null ? null : EventCodec.JSON.writeValueAsString(metadata);
  }
}
