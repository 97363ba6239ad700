/** Flows: table, filter, answers. */
@NullMarked
package io.annals.query.flow;

import org.jspecify.annotations.NullMarked;
