/** What happens to artifacts and to the collections that they form under a key. */
@NullMarked
package io.annals.events.artifact;

import org.jspecify.annotations.NullMarked;
