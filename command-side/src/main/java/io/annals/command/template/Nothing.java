package io.annals.command.template;

/** Python's None. */
enum Nothing {
  NONE
}
