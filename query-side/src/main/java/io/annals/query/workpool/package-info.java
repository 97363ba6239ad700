/**
 * Work pools, queues and workers: tables, filters, answers, and what workers tell about themselves.
 */
@NullMarked
package io.annals.query.workpool;

import org.jspecify.annotations.NullMarked;
