/** Tests of slots and leases on a real PostgreSQL. */
@NullMarked
package io.annals.query.concurrency;

import org.jspecify.annotations.NullMarked;
