/** What is not kept any longer: finds it, counts it, and deletes what is no event's doing. */
@NullMarked
package io.annals.query.vacuum;

import org.jspecify.annotations.NullMarked;
