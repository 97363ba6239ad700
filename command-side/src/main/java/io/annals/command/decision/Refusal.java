package io.annals.command.decision;

/**
 * Why a command was refused.
 *
 * @param kind decides the HTTP status and the shape of the error body
 * @param text the wire text
 */
public record Refusal(Kind kind, String text) {
  /** What went wrong, in the terms of Prefect's answers. */
  public enum Kind {
    /** 400 with {@code detail}. */
    BAD_REQUEST,
    /** 404 with {@code detail}. */
    NOT_FOUND,
    /** 404 with {@code exception_message}: the object was missed below the route. */
    OBJECT_NOT_FOUND,
    /** 409 with {@code detail}. */
    CONFLICT,
    /** 422 with {@code detail}. */
    UNPROCESSABLE
  }

  /** The exception that carries this refusal to the edge. */
  public RefusedException asException() {
    return new RefusedException(this);
  }
}
