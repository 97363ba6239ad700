/** What Prefect's web UI asks beside the resources themselves: counts and points of its charts. */
@NullMarked
package io.annals.query.dashboard;

import org.jspecify.annotations.NullMarked;
