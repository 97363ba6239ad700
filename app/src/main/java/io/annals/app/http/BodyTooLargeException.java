package io.annals.app.http;

import java.io.IOException;

/** More of a request's body came than is accepted. */
final class BodyTooLargeException extends IOException {
  BodyTooLargeException(long maxBytes) {
    super(text(maxBytes));
  }

  /** What the client is told. */
  static String text(long maxBytes) {
    return "Request body too large: at most %d bytes are accepted.".formatted(maxBytes);
  }
}
