/** Task runs as they can be read, from what was decided here and from what clients reported. */
@NullMarked
package io.annals.query.taskrun;

import org.jspecify.annotations.NullMarked;
