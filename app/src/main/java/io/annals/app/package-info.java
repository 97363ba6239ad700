/** The server: start-up, HTTP, websockets, jobs and the wiring of the other modules. */
@NullMarked
package io.annals.app;

import org.jspecify.annotations.NullMarked;
