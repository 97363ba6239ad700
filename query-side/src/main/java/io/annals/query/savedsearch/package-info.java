/** Saved searches: table and answers. */
@NullMarked
package io.annals.query.savedsearch;

import org.jspecify.annotations.NullMarked;
