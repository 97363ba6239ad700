/** Answers decisions' questions for slots out of the ledger of concurrency limits. */
@NullMarked
package io.annals.app.slot;

import org.jspecify.annotations.NullMarked;
