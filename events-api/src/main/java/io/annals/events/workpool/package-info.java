/** What happens to work pools and their queues. */
@NullMarked
package io.annals.events.workpool;

import org.jspecify.annotations.NullMarked;
