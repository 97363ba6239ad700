/** When a job runs, and on which node: turns that the nodes take through PostgreSQL. */
@NullMarked
package io.annals.query.job;

import org.jspecify.annotations.NullMarked;
