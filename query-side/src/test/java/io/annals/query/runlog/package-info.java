/** How log lines are stored and read. */
@NullMarked
package io.annals.query.runlog;

import org.jspecify.annotations.NullMarked;
