package io.annals.events.log;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the log, as followers and projections see it.
 *
 * @param position the place in the one total order; dense, from 1
 * @param id unique in the log: an event sent again is stored once
 * @param stream the entity's stream, null for observed events
 * @param version the place in its stream from 0, -1 for observed events
 * @param occurred when it happened by the producer's clock
 * @param recorded when this server stored it
 * @param payload what was decided, null for observed events
 * @param face how it looks in Prefect's event stream, if it does
 */
public record LoggedEvent(
    long position,
    UUID id,
    Family family,
    @Nullable String stream,
    long version,
    Instant occurred,
    Instant recorded,
    @Nullable DomainEvent payload,
    Origin origin,
    @Nullable Face face) {}
