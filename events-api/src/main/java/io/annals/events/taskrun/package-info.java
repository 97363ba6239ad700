/** What happens to task runs that the server itself decides about. */
@NullMarked
package io.annals.events.taskrun;

import org.jspecify.annotations.NullMarked;
