/** Runs whose time has come for the server to do something about them. */
@NullMarked
package io.annals.query.overdue;

import org.jspecify.annotations.NullMarked;
