/** Websockets: events in and out, logs out, and the small RFC 6455 endpoint beneath them. */
@NullMarked
package io.annals.app.stream;

import org.jspecify.annotations.NullMarked;
