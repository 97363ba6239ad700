package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the conditions of one filter object are joined. */
public enum FilterOperator {
  @JsonProperty("and_")
  AND,
  @JsonProperty("or_")
  OR
}
