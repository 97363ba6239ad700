package io.annals.command.template;

import java.util.List;
import java.util.Map;

/**
 * A Jinja template that users may write: it reaches nothing but the values it is given, and cannot
 * keep the server busy. Language, limits and messages are those of Prefect's server.
 */
public final class Template {
  /** As in Prefect. */
  static final int MAX_LOOP_COUNT = 10;

  /** As in Prefect. */
  static final int MAX_NESTED_LOOP_DEPTH = 2;

  private final String text;
  private final List<Statement> statements;

  private Template(String text, List<Statement> statements) {
    this.text = text;
    this.statements = statements;
  }

  /**
   * Reads a template.
   *
   * @throws BrokenTemplateException when it is none, or loops too much
   */
  public static Template of(String text) throws BrokenTemplateException {
    TemplateParser parser = new TemplateParser(text);
    List<Statement> statements = parser.template();
    if (parser.loopCount() > MAX_LOOP_COUNT) {
      throw new BrokenTemplateException(
          "Contains %d for loops. Templates can contain no more than %d for loops."
              .formatted(parser.loopCount(), MAX_LOOP_COUNT),
          0);
    }
    if (parser.deepestLoop() > MAX_NESTED_LOOP_DEPTH) {
      throw new BrokenTemplateException(
          ("Contains nested for loops at a depth of %d. Templates can nest for loops no more than"
                  + " %d loops deep.")
              .formatted(parser.deepestLoop(), MAX_NESTED_LOOP_DEPTH),
          0);
    }
    return new Template(text, statements);
  }

  /**
   * The text that the template stands for when it knows no values.
   *
   * @throws BrokenTemplateException when the template fails, or wants too much
   */
  public String render() throws BrokenTemplateException {
    if (!text.contains("{{") && !text.contains("{%")) {
      return text;
    }
    try {
      return new Renderer(Map.of()).render(statements);
    } catch (Failure failure) {
      throw failed(failure);
    } catch (StackOverflowError endless) {
      throw failed(Budget.tooDeep());
    }
  }

  private static BrokenTemplateException failed(Failure failure) {
    return new BrokenTemplateException(
        "Failed to render template due to the following error: " + failure.shown(), 0);
  }
}
