/** How JSON Schema is asked. */
@NullMarked
package io.annals.app.schema;

import org.jspecify.annotations.NullMarked;
