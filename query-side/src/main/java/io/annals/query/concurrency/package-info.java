/** Leases on slots of concurrency limits. */
@NullMarked
package io.annals.query.concurrency;

import org.jspecify.annotations.NullMarked;
