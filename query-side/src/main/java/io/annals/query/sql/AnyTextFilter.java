package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a text that only knows a list of them. */
public record AnyTextFilter(@JsonProperty("any_") @Nullable List<String> any) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(Where.all().anyText(column, any));
  }
}
