/**
 * Work pools with their queues: where runs wait for workers, who of them goes first, and how many
 * at a time.
 */
@NullMarked
package io.annals.command.workpool;

import org.jspecify.annotations.NullMarked;
