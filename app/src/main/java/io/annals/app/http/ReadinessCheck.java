package io.annals.app.http;

import org.jspecify.annotations.Nullable;

/** One thing that must be in order before this server should be sent requests. */
@FunctionalInterface
public interface ReadinessCheck {
  /** What Prefect's server says when its database does not answer. */
  String DATABASE_TROUBLE = "Database is not available";

  /** What is wrong, in words for {@code GET /ready}; null when all is well. Must answer soon. */
  @Nullable String trouble();
}
