package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A condition on an id. */
public record IdFilter(
    @JsonProperty("any_") @Nullable List<UUID> any,
    @JsonProperty("not_any_") @Nullable List<UUID> notAny) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(Where.all().anyId(column, any).notAnyId(column, notAny));
  }
}
