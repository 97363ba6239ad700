/** The comparison of what is served with Prefect's contract. */
@NullMarked
package io.annals.app.openapi;

import org.jspecify.annotations.NullMarked;
