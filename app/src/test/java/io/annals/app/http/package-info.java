/** Tests of what goes over HTTP. */
@NullMarked
package io.annals.app.http;

import org.jspecify.annotations.NullMarked;
