package io.annals.query.flow;

import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/**
 * Which flows a request speaks of.
 *
 * @param ofRuns conditions on runs of the flow, already joined to it; null for none
 */
public record FlowSelection(@Nullable FlowFilter flows, @Nullable Where ofRuns, boolean nothing) {
  /** These conditions on the columns of table {@code flow}. */
  Where where() {
    Where where = Where.all();
    if (flows != null) {
      where.and(flows.where());
    }
    where.and(ofRuns);
    return nothing ? where.and("FALSE") : where;
  }
}
