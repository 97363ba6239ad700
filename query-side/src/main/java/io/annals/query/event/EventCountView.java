package io.annals.query.event;

import java.time.Instant;

/** How many events there were of one kind, of one resource, or in one span of time. */
public record EventCountView(
    String value, String label, long count, Instant startTime, Instant endTime) {}
