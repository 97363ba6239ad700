/** What administrators set while the server runs, as one value per key. */
@NullMarked
package io.annals.query.configuration;

import org.jspecify.annotations.NullMarked;
