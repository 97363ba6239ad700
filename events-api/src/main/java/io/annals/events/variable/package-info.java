/** What happens to variables. */
@NullMarked
package io.annals.events.variable;

import org.jspecify.annotations.NullMarked;
