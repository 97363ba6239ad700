package io.annals.command.template;

/**
 * What is not there. It prints as nothing, and what is asked of it is not there either.
 *
 * @param kind the exception of whoever does more with it
 */
record Undefined(String kind, String reason) {
  static final String KIND = "UndefinedError";

  static Undefined because(String reason) {
    return new Undefined(KIND, reason);
  }

  Failure failure() {
    return new Failure(kind, reason);
  }
}
