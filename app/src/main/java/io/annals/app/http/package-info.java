/**
 * HTTP as Prefect's clients know it: the routes, and what every request passes on its way to them.
 */
@NullMarked
package io.annals.app.http;

import org.jspecify.annotations.NullMarked;
