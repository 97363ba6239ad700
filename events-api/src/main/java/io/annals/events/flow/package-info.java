/** What happens to flows. */
@NullMarked
package io.annals.events.flow;

import org.jspecify.annotations.NullMarked;
