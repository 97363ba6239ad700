@NullMarked
package io.annals.query.secret;

import org.jspecify.annotations.NullMarked;
