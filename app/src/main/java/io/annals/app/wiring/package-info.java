/** How the parts of the server find each other: every bean that is not a route or a job. */
@NullMarked
package io.annals.app.wiring;

import org.jspecify.annotations.NullMarked;
