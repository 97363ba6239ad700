/** Finds or starts PostgreSQL, and brings its tables up to date before anything else begins. */
@NullMarked
package io.annals.app.database;

import org.jspecify.annotations.NullMarked;
