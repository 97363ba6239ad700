/** The words all deciders answer with. */
@NullMarked
package io.annals.command.decision;

import org.jspecify.annotations.NullMarked;
