/** What happens to flow runs. */
@NullMarked
package io.annals.events.flowrun;

import org.jspecify.annotations.NullMarked;
