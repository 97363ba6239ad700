/** Values under names of their own, for flows to read and change. */
@NullMarked
package io.annals.command.variable;

import org.jspecify.annotations.NullMarked;
