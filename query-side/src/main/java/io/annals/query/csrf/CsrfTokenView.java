package io.annals.query.csrf;

import java.time.Instant;
import java.util.UUID;

/** A token as its client gets to see it. */
public record CsrfTokenView(
    UUID id, Instant created, Instant updated, String token, String client, Instant expiration) {}
