/** The log as it is read. */
@NullMarked
package io.annals.query.log;

import org.jspecify.annotations.NullMarked;
