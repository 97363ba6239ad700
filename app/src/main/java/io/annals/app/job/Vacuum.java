package io.annals.app.job;

import io.annals.query.vacuum.Leftover;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job that deletes what is not kept any longer, and can say beforehand what that would be. */
public interface Vacuum extends Job {
  /** The word of PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED that switches it on. */
  String word();

  /** What the job would delete now. It may go through whole tables. */
  List<Finding> findings(Instant now);

  /**
   * One kind of thing that would go.
   *
   * @param what the kind, in the plural
   * @param before what happened before this would go; null where age does not matter
   */
  record Finding(String what, Leftover leftover, @Nullable Instant before) {}
}
