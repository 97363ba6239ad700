/** How filters become bound SQL, and rows multi-row statements. */
@NullMarked
package io.annals.query.sql;

import org.jspecify.annotations.NullMarked;
