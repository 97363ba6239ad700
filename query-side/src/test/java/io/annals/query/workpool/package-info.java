/** Telemetry of workers on a real PostgreSQL. */
@NullMarked
package io.annals.query.workpool;

import org.jspecify.annotations.NullMarked;
