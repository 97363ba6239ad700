/** Task workers: who is connected, and which scheduled task run was sent to whom. */
@NullMarked
package io.annals.query.taskworker;

import org.jspecify.annotations.NullMarked;
