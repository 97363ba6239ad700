package io.annals.command.parameter;

/** Renders a Jinja template that knows no values. */
@FunctionalInterface
public interface RenderTemplate {
  /**
   * The text that a template stands for.
   *
   * @throws BrokenTemplateException when it is no template, or does what templates may not do
   */
  String render(String template) throws BrokenTemplateException;

  /** Says what is wrong with a template. */
  final class BrokenTemplateException extends Exception {
    /** For the given reason. */
    public BrokenTemplateException(String message) {
      super(message);
    }
  }
}
