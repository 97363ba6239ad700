/** States as they are stored and shown, for both kinds of runs. */
@NullMarked
package io.annals.query.state;

import org.jspecify.annotations.NullMarked;
