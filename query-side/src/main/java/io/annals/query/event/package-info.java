/** Prefect's event stream as a view of the log: events in, filters, pages, counts, retention. */
@NullMarked
package io.annals.query.event;

import org.jspecify.annotations.NullMarked;
