/**
 * The rules that govern how a task run changes its state, one file each, and the order in which
 * they are asked. Rules are pure: they see a proposal and give a verdict.
 */
@NullMarked
package io.annals.command.taskrun.rule;

import org.jspecify.annotations.NullMarked;
