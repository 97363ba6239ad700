package io.annals.command.template;

/** Makes a value of another one: what stands behind a bar. */
@FunctionalInterface
interface Filter {
  Object apply(Evaluator evaluator, Object value, Arguments arguments);
}
