/** The server's description of itself: the OpenAPI document, read off the routes. */
@NullMarked
package io.annals.app.openapi;

import org.jspecify.annotations.NullMarked;
