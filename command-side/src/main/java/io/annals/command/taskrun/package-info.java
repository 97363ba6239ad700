/**
 * What clients may ask of a task run and what becomes of it: commands in, events and an answer out.
 * The rules about states live in {@code rule}.
 */
@NullMarked
package io.annals.command.taskrun;

import org.jspecify.annotations.NullMarked;
