/** Tests of task runs on a real PostgreSQL. */
@NullMarked
package io.annals.query.taskrun;

import org.jspecify.annotations.NullMarked;
