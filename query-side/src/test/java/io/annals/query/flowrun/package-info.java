/** Queries of flow runs on a real PostgreSQL. */
@NullMarked
package io.annals.query.flowrun;

import org.jspecify.annotations.NullMarked;
