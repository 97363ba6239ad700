/**
 * Deploying flows: what their runs get, when they are planned, and the runs that are made of them.
 */
@NullMarked
package io.annals.command.deployment;

import org.jspecify.annotations.NullMarked;
