/** What happens to saved searches. */
@NullMarked
package io.annals.events.savedsearch;

import org.jspecify.annotations.NullMarked;
