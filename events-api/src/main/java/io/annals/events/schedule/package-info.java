/** When a deployment's runs are planned, in the words that Prefect's clients send and read. */
@NullMarked
package io.annals.events.schedule;

import org.jspecify.annotations.NullMarked;
