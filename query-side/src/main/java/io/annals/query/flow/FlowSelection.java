package io.annals.query.flow;

import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/**
 * Which flows a request speaks of.
 *
 * @param related conditions on what belongs to the flow, already joined to it
 */
public record FlowSelection(@Nullable FlowFilter flows, Where related) {
  /** These conditions on the columns of table {@code flow}. */
  Where where() {
    Where where = Where.all();
    if (flows != null) {
      where.and(flows.where());
    }
    return where.and(related);
  }
}
