package io.annals.events.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What made a run: a schedule, an automation, a deployment.
 *
 * @param type Prefect's word, such as {@code AUTOMATION} or {@code SCHEDULE}
 */
public record CreatedBy(@Nullable UUID id, @Nullable String type, @Nullable String displayValue) {}
