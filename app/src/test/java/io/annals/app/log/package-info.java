/** The laws of the log, each on a real PostgreSQL. */
@NullMarked
package io.annals.app.log;

import org.jspecify.annotations.NullMarked;
