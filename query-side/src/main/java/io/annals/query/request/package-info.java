/**
 * Request bodies as records: JSON is read into them, checked and coerced the way Prefect's server
 * does, and described in OpenAPI from them.
 */
@NullMarked
package io.annals.query.request;

import org.jspecify.annotations.NullMarked;
