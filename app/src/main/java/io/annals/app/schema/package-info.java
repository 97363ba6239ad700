/** Checks values against JSON Schema. */
@NullMarked
package io.annals.app.schema;

import org.jspecify.annotations.NullMarked;
