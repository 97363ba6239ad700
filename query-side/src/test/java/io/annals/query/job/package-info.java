/** When jobs run, on a real PostgreSQL. */
@NullMarked
package io.annals.query.job;

import org.jspecify.annotations.NullMarked;
