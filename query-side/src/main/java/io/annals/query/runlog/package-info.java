/** What flows and tasks print: stored in batches, kept by the day. */
@NullMarked
package io.annals.query.runlog;

import org.jspecify.annotations.NullMarked;
