/** Tests of the websockets with a real client. */
@NullMarked
package io.annals.app.stream;

import org.jspecify.annotations.NullMarked;
