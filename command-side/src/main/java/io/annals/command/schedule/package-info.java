/**
 * The dates of schedules: pure mathematics of calendars, in the dialects of Prefect's libraries.
 */
@NullMarked
package io.annals.command.schedule;

import org.jspecify.annotations.NullMarked;
