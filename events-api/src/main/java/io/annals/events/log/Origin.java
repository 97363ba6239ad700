package io.annals.events.log;

import org.jspecify.annotations.Nullable;

/**
 * Who caused an event, from where and why.
 *
 * @param principal the authenticated user, or the job that acted
 * @param client the client's User-Agent
 * @param requestId identifies the HTTP request or the job run
 * @param cause the command, and where there is one the event, that led here
 */
public record Origin(
    @Nullable String principal,
    @Nullable String client,
    @Nullable String requestId,
    @Nullable String cause) {
  /** The origin of what nobody in particular asked for. */
  public static final Origin NONE = new Origin(null, null, null, null);
}
