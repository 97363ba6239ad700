/** What happens to concurrency limits. */
@NullMarked
package io.annals.events.concurrency;

import org.jspecify.annotations.NullMarked;
