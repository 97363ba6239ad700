/** Tests of the whole server. */
@NullMarked
package io.annals.app;

import org.jspecify.annotations.NullMarked;
