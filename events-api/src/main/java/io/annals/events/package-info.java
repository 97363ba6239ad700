/** The words in which the server remembers what it decided. */
@NullMarked
package io.annals.events;

import org.jspecify.annotations.NullMarked;
