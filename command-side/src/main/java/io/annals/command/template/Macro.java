package io.annals.command.template;

/** A piece of a template that can be called. */
record Macro(String name, Callee body) implements Callee {
  @Override
  public Object call(Arguments arguments) {
    return body.call(arguments);
  }
}
