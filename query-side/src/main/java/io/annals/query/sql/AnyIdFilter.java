package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A condition on an id that only knows a list of them. */
public record AnyIdFilter(@JsonProperty("any_") @Nullable List<UUID> any) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(Where.all().anyId(column, any));
  }
}
