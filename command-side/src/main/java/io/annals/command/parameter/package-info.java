/** Parameters as forms and templates send them, and what they stand for. */
@NullMarked
package io.annals.command.parameter;

import org.jspecify.annotations.NullMarked;
