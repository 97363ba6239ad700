package io.annals.command.template;

import io.annals.command.schema.PythonText;

/** Stops a rendering; clients know the Python exception of that name. */
final class Failure extends RuntimeException {
  private final String kind;
  private final String reason;

  Failure(String kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
    this.reason = reason;
  }

  static Failure type(String reason) {
    return new Failure("TypeError", reason);
  }

  static Failure value(String reason) {
    return new Failure("ValueError", reason);
  }

  static Failure argument(String reason) {
    return new Failure("FilterArgumentError", reason);
  }

  String reason() {
    return reason;
  }

  /** As Python shows the exception. */
  String shown() {
    return kind + "(" + (reason.isEmpty() ? "" : PythonText.quoted(reason)) + ")";
  }
}
