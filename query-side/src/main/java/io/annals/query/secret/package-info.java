/** How secrets are kept: encrypted with a key that is not part of the log. */
@NullMarked
package io.annals.query.secret;

import org.jspecify.annotations.NullMarked;
