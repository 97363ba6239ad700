package io.annals.query.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of events.
 *
 * @param total of all pages; {@link EventQueries#MAX_TOTAL} stands for that many or more
 * @param next names the page after this one, null on the last
 */
public record EventPage(List<EventView> events, long total, @Nullable EventPageToken next) {}
