/** What one row of the log is made of, and how an event becomes stored text and back. */
@NullMarked
package io.annals.events.log;

import org.jspecify.annotations.NullMarked;
