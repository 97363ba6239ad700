/** How an append and its projections reach the database: together, in few round trips. */
@NullMarked
package io.annals.events.sql;

import org.jspecify.annotations.NullMarked;
