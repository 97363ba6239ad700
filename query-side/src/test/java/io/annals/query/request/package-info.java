/** Requests as Prefect's server reads them. */
@NullMarked
package io.annals.query.request;

import org.jspecify.annotations.NullMarked;
