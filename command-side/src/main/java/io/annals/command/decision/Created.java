package io.annals.command.decision;

import java.util.UUID;

/**
 * The answer to a command that creates something unless it is there already.
 *
 * @param isNew whether this command created it (201 rather than 200)
 */
public record Created(UUID id, boolean isNew) {}
