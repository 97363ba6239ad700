/** Searches that people keep under names of their own. */
@NullMarked
package io.annals.command.savedsearch;

import org.jspecify.annotations.NullMarked;
