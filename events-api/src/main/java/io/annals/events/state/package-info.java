/** States, and the words that flow runs and task runs share. */
@NullMarked
package io.annals.events.state;

import org.jspecify.annotations.NullMarked;
