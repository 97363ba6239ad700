/** Results that states carry, stored as artifacts. */
@NullMarked
package io.annals.query.artifact;

import org.jspecify.annotations.NullMarked;
