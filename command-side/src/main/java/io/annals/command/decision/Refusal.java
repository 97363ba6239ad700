package io.annals.command.decision;

/**
 * Why a command was refused.
 *
 * @param kind decides the HTTP status and the shape of the error body
 * @param text the wire text
 */
public record Refusal(Kind kind, String text) {
  /** What the database says in Prefect's server, which leaves references and keys to it. */
  public static final Refusal INTEGRITY =
      new Refusal(
          Kind.CONFLICT,
          "Data integrity conflict. This usually means a unique or foreign key constraint was"
              + " violated. See server logs for details.");

  /** What went wrong, in the terms of Prefect's answers. */
  public enum Kind {
    /** 400 with {@code detail}. */
    BAD_REQUEST,
    /** 403 with {@code detail}. */
    FORBIDDEN,
    /** 404 with {@code detail}. */
    NOT_FOUND,
    /** 404 with {@code exception_message}: the object was missed below the route. */
    OBJECT_NOT_FOUND,
    /** 409 with {@code detail}. */
    CONFLICT,
    /** 422 with {@code detail}. */
    UNPROCESSABLE
  }

  /** Whether what the command speaks of is not there. */
  public boolean isOfMissing() {
    return kind == Kind.NOT_FOUND || kind == Kind.OBJECT_NOT_FOUND;
  }

  /** The exception that carries this refusal to the edge. */
  public RefusedException asException() {
    return new RefusedException(this);
  }
}
