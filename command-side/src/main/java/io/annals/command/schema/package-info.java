/** Judging JSON by a JSON Schema, with the leniency of Prefect's server. */
@NullMarked
package io.annals.command.schema;

import org.jspecify.annotations.NullMarked;
