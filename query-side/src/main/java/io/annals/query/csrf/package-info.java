/** CSRF tokens: issued to clients, checked with their writes, forgotten once expired. */
@NullMarked
package io.annals.query.csrf;

import org.jspecify.annotations.NullMarked;
