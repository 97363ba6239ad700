package io.annals.command.template;

import org.jspecify.annotations.Nullable;

/**
 * A word of a template.
 *
 * @param text what stands there; for template data and texts, what it means
 * @param value of a number
 * @param line where, from 1
 */
record Token(Kind kind, String text, @Nullable Object value, int line) {
  /** What a token is, and what messages call it. */
  enum Kind {
    DATA("template data / text"),
    VARIABLE_BEGIN("begin of print statement"),
    VARIABLE_END("end of print statement"),
    BLOCK_BEGIN("begin of statement block"),
    BLOCK_END("end of statement block"),
    NAME("name"),
    STRING("string"),
    INTEGER("integer"),
    FLOAT("float"),
    OPERATOR("operator"),
    END("end of template");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean isOperator(String sign) {
    return kind == Kind.OPERATOR && text.equals(sign);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  String described() {
    return kind == Kind.NAME || kind == Kind.OPERATOR ? text : kind.words();
  }
}
