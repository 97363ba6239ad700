/** Variables: table, filter, answers. */
@NullMarked
package io.annals.query.variable;

import org.jspecify.annotations.NullMarked;
