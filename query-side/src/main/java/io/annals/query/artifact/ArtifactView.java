package io.annals.query.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An artifact as the API shows it, or a collection in the shape of the artifact it shows. */
public record ArtifactView(
    UUID id,
    Instant created,
    Instant updated,
    @Nullable String key,
    @Nullable String type,
    @Nullable String description,
    @Nullable RawJson data,
    @JsonProperty("metadata_") @Nullable RawJson metadata,
    @Nullable UUID flowRunId,
    @Nullable UUID taskRunId) {
  static final String COLUMNS =
      "id, created, updated, key, type, description, data, metadata_, flow_run_id, task_run_id";

  static ArtifactView read(ResultSet row, int index) throws SQLException {
    return new ArtifactView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Reading.json(row, 7),
        Reading.json(row, 8),
        Reading.id(row, 9),
        Reading.id(row, 10));
  }
}
