/** Concurrency limits: table, answers, and who holds their slots. */
@NullMarked
package io.annals.query.concurrency;

import org.jspecify.annotations.NullMarked;
