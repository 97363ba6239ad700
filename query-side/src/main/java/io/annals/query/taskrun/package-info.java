/** Task runs: tables, filters, answers. */
@NullMarked
package io.annals.query.taskrun;

import org.jspecify.annotations.NullMarked;
