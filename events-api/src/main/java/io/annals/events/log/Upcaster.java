package io.annals.events.log;

import tools.jackson.databind.node.ObjectNode;

/** Turns one old stored shape into the next one, so that what was written once stays readable. */
public interface Upcaster {
  /** The stored name that this upcaster reads. */
  String type();

  /** The revision that it reads; it produces the one after. */
  int fromRevision();

  /** The next revision's shape. The argument may be changed and returned. */
  ObjectNode upcast(ObjectNode payload);
}
