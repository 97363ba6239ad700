/**
 * Blocks: types, the schemas of their fields, and the documents that fill those in. Documents are
 * encrypted before they become events.
 */
@NullMarked
package io.annals.command.block;

import org.jspecify.annotations.NullMarked;
