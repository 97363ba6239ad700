/** Which node runs a job: claims that several nodes share through PostgreSQL. */
@NullMarked
package io.annals.query.job;

import org.jspecify.annotations.NullMarked;
