package io.annals.command.template;

/**
 * A text that is no template, or one that fails; the message is for the client, in Jinja's words.
 */
public final class BrokenTemplateException extends Exception {
  private final int line;

  BrokenTemplateException(String message, int line) {
    super(message);
    this.line = line;
  }

  /** The line of the template that is at fault, from 1; 0 when it is the template as a whole. */
  public int line() {
    return line;
  }
}
