/** Registering flows under names of their own, tagging and deleting them. */
@NullMarked
package io.annals.command.flow;

import org.jspecify.annotations.NullMarked;
