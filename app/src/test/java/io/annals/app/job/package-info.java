/** What the server does by itself, on a real PostgreSQL. */
@NullMarked
package io.annals.app.job;

import org.jspecify.annotations.NullMarked;
