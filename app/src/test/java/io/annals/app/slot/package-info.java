/** Tests of slots on a real PostgreSQL. */
@NullMarked
package io.annals.app.slot;

import org.jspecify.annotations.NullMarked;
