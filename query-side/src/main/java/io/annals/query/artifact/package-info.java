/** Artifacts, the results of states among them, and the latest of each key. */
@NullMarked
package io.annals.query.artifact;

import org.jspecify.annotations.NullMarked;
