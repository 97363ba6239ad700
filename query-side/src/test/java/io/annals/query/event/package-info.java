/** Tests of the event stream on a real PostgreSQL. */
@NullMarked
package io.annals.query.event;

import org.jspecify.annotations.NullMarked;
