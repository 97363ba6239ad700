package io.annals.command.schema;

import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** JSON values as Python writes them, for messages that clients know in this form. */
public final class PythonText {
  private PythonText() {}

  /** The {@code repr} of a value. */
  public static String of(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> "None";
      case BOOLEAN -> value.booleanValue() ? "True" : "False";
      case STRING -> quoted(value.stringValue());
      case ARRAY -> {
        StringJoiner items = new StringJoiner(", ", "[", "]");
        value.forEach(item -> items.add(of(item)));
        yield items.toString();
      }
      case OBJECT -> {
        StringJoiner properties = new StringJoiner(", ", "{", "}");
        value
            .properties()
            .forEach(
                property ->
                    properties.add(quoted(property.getKey()) + ": " + of(property.getValue())));
        yield properties.toString();
      }
      default -> value.toString();
    };
  }

  /** A text in the quotes that Python would choose. */
  public static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder quoted = new StringBuilder().append(quote);
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      switch (c) {
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c == quote) {
            quoted.append('\\');
          }
          quoted.append(c);
        }
      }
    }
    return quoted.append(quote).toString();
  }
}
