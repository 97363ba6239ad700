package io.annals.query.request;

import tools.jackson.databind.node.ObjectNode;

/** Looks at an object as it was sent, before its parts are read. */
@FunctionalInterface
public interface Preparation {
  /**
   * Changes the object in place, which is also how it is shown to clients whose request does not
   * fit.
   *
   * @throws IllegalArgumentException when the object as a whole is refused; the message says why
   */
  void prepare(ObjectNode given);
}
