/** What happens to deployments and their schedules. */
@NullMarked
package io.annals.events.deployment;

import org.jspecify.annotations.NullMarked;
