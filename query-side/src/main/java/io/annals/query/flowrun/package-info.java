/** Flow runs: tables, filters, answers. */
@NullMarked
package io.annals.query.flowrun;

import org.jspecify.annotations.NullMarked;
