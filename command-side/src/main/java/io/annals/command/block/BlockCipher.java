package io.annals.command.block;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Encrypts the data of documents before it becomes part of an event. */
public interface BlockCipher {
  /** The data as an encrypted text; two calls never answer the same. */
  String seal(ObjectNode data);

  /** The data of an encrypted text; nothing when it was encrypted with another key. */
  Optional<ObjectNode> open(String sealed);
}
