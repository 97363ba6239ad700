/** Deployments as filters know them: none exists yet, so none matches. */
@NullMarked
package io.annals.query.deployment;

import org.jspecify.annotations.NullMarked;
