/**
 * Writing the log: commands and ingested events join one group commit, which appends them and runs
 * the inline projections in one transaction. Only this room and the handlers know Axon.
 */
@NullMarked
package io.annals.command.log;

import org.jspecify.annotations.NullMarked;
