/** Deployments on a real PostgreSQL. */
@NullMarked
package io.annals.query.deployment;

import org.jspecify.annotations.NullMarked;
