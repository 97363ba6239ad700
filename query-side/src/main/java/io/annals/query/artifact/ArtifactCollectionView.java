package io.annals.query.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.sql.RawJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The latest artifact of a key, under the id of its collection. */
public record ArtifactCollectionView(
    UUID id,
    Instant created,
    Instant updated,
    @Nullable String key,
    UUID latestId,
    @Nullable String type,
    @Nullable String description,
    @Nullable RawJson data,
    @JsonProperty("metadata_") @Nullable RawJson metadata,
    @Nullable UUID flowRunId,
    @Nullable UUID taskRunId) {
  static final String COLUMNS = ArtifactView.COLUMNS + ", latest_id";

  static ArtifactCollectionView read(ResultSet row, int index) throws SQLException {
    ArtifactView shown = ArtifactView.read(row, index);
    return new ArtifactCollectionView(
        shown.id(),
        shown.created(),
        shown.updated(),
        shown.key(),
        row.getObject(11, UUID.class),
        shown.type(),
        shown.description(),
        shown.data(),
        shown.metadata(),
        shown.flowRunId(),
        shown.taskRunId());
  }
}
