/**
 * What flow runs and task runs have in common when a state is proposed: how it is stamped, how a
 * run's times follow from it, and what the client that proposes it can be trusted to know.
 */
@NullMarked
package io.annals.command.state;

import org.jspecify.annotations.NullMarked;
