package io.annals.command.decision;

import org.jspecify.annotations.Nullable;

/** The server cannot take this now; the same request may succeed a little later (503). */
public final class UnavailableException extends RuntimeException {
  /** Says what is full or unreachable. */
  public UnavailableException(String message) {
    super(message, null, false, false);
  }

  /** Says what is unreachable, and why. */
  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
