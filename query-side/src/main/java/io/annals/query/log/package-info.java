/** Reading the log: by position, as a follower, and into projections. */
@NullMarked
package io.annals.query.log;

import org.jspecify.annotations.NullMarked;
