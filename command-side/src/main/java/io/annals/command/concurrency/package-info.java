/** Limits on what may go on at once. */
@NullMarked
package io.annals.command.concurrency;

import org.jspecify.annotations.NullMarked;
