package io.annals.command.template;

import io.annals.command.schema.PythonText;
import io.annals.command.template.Token.Kind;
import org.jspecify.annotations.Nullable;

/** The token that a parser looks at, and the one after it when it has to know. */
final class Tokens {
  private final Lexer lexer;
  private Token current;
  private @Nullable Token following;

  Tokens(String template) throws BrokenTemplateException {
    lexer = new Lexer(template);
    current = lexer.next();
  }

  Token current() {
    return current;
  }

  Token following() throws BrokenTemplateException {
    if (following == null) {
      following = lexer.next();
    }
    return following;
  }

  /** Moves on; answers the token that was current. */
  Token advance() throws BrokenTemplateException {
    Token passed = current;
    if (passed.is(Kind.END)) {
      return passed;
    }
    current = following();
    following = null;
    return passed;
  }

  boolean skipName(String name) throws BrokenTemplateException {
    boolean there = current.isName(name);
    if (there) {
      advance();
    }
    return there;
  }

  boolean skipOperator(String sign) throws BrokenTemplateException {
    boolean there = current.isOperator(sign);
    if (there) {
      advance();
    }
    return there;
  }

  Token expect(Kind kind) throws BrokenTemplateException {
    return expected(current.is(kind), kind.words());
  }

  Token expectOperator(String sign) throws BrokenTemplateException {
    return expected(current.isOperator(sign), sign);
  }

  Token expectName(String name) throws BrokenTemplateException {
    return expected(current.isName(name), name);
  }

  private Token expected(boolean there, String words) throws BrokenTemplateException {
    if (there) {
      return advance();
    }
    String wanted = PythonText.quoted(words);
    throw broken(
        current.is(Kind.END)
            ? "unexpected end of template, expected " + wanted + "."
            : "expected token " + wanted + ", got " + PythonText.quoted(current.described()));
  }

  BrokenTemplateException broken(String message) {
    return new BrokenTemplateException(message, current.line());
  }
}
