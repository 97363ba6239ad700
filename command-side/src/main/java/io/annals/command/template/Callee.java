package io.annals.command.template;

/** What may be called: a global function, a method, a macro. */
@FunctionalInterface
interface Callee {
  Object call(Arguments arguments);
}
