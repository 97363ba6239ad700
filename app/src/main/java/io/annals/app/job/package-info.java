/** What the server does by itself, by the clock: a clock in, commands or housekeeping out. */
@NullMarked
package io.annals.app.job;

import org.jspecify.annotations.NullMarked;
