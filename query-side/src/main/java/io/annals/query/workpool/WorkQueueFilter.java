package io.annals.query.workpool;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on work queues. */
public record WorkQueueFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter id,
    @Nullable PrefixFilter name) {
  /** A name, or the beginning of one in upper or lower case. */
  public record PrefixFilter(
      @JsonProperty("any_") @Nullable List<String> any,
      @JsonProperty("startswith_") @Nullable List<String> startswith) {
    private void addTo(Where where) {
      Where both = Where.all().anyText("work_queue.name", any);
      if (startswith != null) {
        Where either = Where.joinedBy(FilterOperator.OR);
        startswith.forEach(prefix -> either.and("work_queue.name ILIKE ?", prefix + "%"));
        both.and(either);
      }
      where.and(both);
    }
  }

  /** These conditions on the columns of table {@code work_queue}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    if (id != null) {
      id.addTo(where, "work_queue.id");
    }
    if (name != null) {
      name.addTo(where);
    }
    return where;
  }
}
