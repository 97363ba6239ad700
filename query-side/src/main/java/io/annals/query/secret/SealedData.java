package io.annals.query.secret;

import io.annals.query.request.WireJson;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects as encrypted texts. */
public final class SealedData {
  private final Fernet fernet;

  /** Encrypts with one key. */
  public SealedData(Fernet fernet) {
    this.fernet = fernet;
  }

  /** The object as an encrypted text. */
  public String seal(ObjectNode data) {
    return fernet.encrypt(data.toString());
  }

  /** The object of an encrypted text; nothing when it was encrypted with another key. */
  public Optional<ObjectNode> open(String sealed) {
    return fernet.decrypt(sealed).map(text -> (ObjectNode) WireJson.MAPPER.readTree(text));
  }
}
