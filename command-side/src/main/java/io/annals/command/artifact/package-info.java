/** Artifacts: what flows and tasks leave for people to see, and which is the latest of its key. */
@NullMarked
package io.annals.command.artifact;

import org.jspecify.annotations.NullMarked;
