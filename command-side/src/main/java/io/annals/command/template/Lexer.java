package io.annals.command.template;

import io.annals.command.schema.PythonText;
import io.annals.command.template.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a template into tokens, one at a time: what is never asked for is never complained about.
 */
final class Lexer {
  private static final Pattern NEWLINE = Pattern.compile("\r\n|\r");
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\\da-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
  private static final Pattern NAME = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern STRING =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"",
          Pattern.DOTALL);
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");
  private static final Pattern OPENING =
      Pattern.compile("\\{%([-+]?)\\s*raw\\s*(?:-%\\}\\s*|%\\})|(\\{[{%#])([-+]?)");
  private static final Pattern RAW_END =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\})");
  private static final Pattern COMMENT_END = Pattern.compile("\\+#\\}|-#\\}\\s*|#\\}");
  private static final Pattern BLOCK_END = Pattern.compile("\\+%\\}|-%\\}\\s*|%\\}");
  private static final Pattern VARIABLE_END = Pattern.compile("-\\}\\}\\s*|\\}\\}");
  private static final int DECIMAL = 10;

  private final String source;
  private final Deque<Token> ready = new ArrayDeque<>();
  private final Deque<String> brackets = new ArrayDeque<>();
  private int position;
  private String passed = "";
  private int line = 1;

  /** What ends the tag that the lexer is in; null outside of tags. */
  private @Nullable Kind end;

  Lexer(String template) {
    String text = NEWLINE.matcher(template).replaceAll("\n");
    this.source = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  Token next() throws BrokenTemplateException {
    while (ready.isEmpty()) {
      if (end == null) {
        outside();
      } else {
        inside(end);
      }
    }
    return ready.remove();
  }

  private void outside() throws BrokenTemplateException {
    if (position >= source.length()) {
      ready.add(new Token(Kind.END, "", null, line));
      return;
    }
    Matcher opening = OPENING.matcher(source);
    if (!opening.find(position)) {
      data(source.substring(position), "");
      position = source.length();
      return;
    }
    boolean raw = opening.group(2) == null;
    data(source.substring(position, opening.start()), raw ? opening.group(1) : opening.group(3));
    moveTo(opening.start(), opening.end());
    switch (raw ? "raw" : opening.group(2)) {
      case "raw" -> raw();
      case "{#" -> comment();
      case "{{" -> begin(Kind.VARIABLE_BEGIN, Kind.VARIABLE_END);
      default -> begin(Kind.BLOCK_BEGIN, Kind.BLOCK_END);
    }
  }

  private void begin(Kind kind, Kind until) {
    ready.add(new Token(kind, "", null, line));
    end = until;
  }

  private void data(String text, String sign) {
    String kept = sign.equals("-") ? text.stripTrailing() : text;
    if (!kept.isEmpty()) {
      ready.add(new Token(Kind.DATA, kept, null, line));
    }
    count(text);
  }

  private void raw() throws BrokenTemplateException {
    Matcher matcher = RAW_END.matcher(source);
    if (!matcher.find(position)) {
      if (position < source.length()) {
        throw broken("Missing end of raw directive");
      }
      return;
    }
    data(source.substring(position, matcher.start()), matcher.group(1));
    moveTo(matcher.start(), matcher.end());
  }

  private void comment() throws BrokenTemplateException {
    Matcher matcher = COMMENT_END.matcher(source);
    if (!matcher.find(position)) {
      if (position < source.length()) {
        throw broken("Missing end of comment tag");
      }
      return;
    }
    moveTo(position, matcher.end());
  }

  private void inside(Kind until) throws BrokenTemplateException {
    Pattern ending = until == Kind.BLOCK_END ? BLOCK_END : VARIABLE_END;
    if (brackets.isEmpty() && passes(ending)) {
      ready.add(new Token(until, "", null, line));
      count(passed);
      end = null;
    } else if (passes(SPACE)) {
      count(passed);
    } else if (passes(FLOAT)) {
      ready.add(new Token(Kind.FLOAT, passed, Double.valueOf(passed.replace("_", "")), line));
    } else if (passes(INTEGER)) {
      ready.add(new Token(Kind.INTEGER, passed, integer(passed.replace("_", "")), line));
    } else if (passes(NAME)) {
      ready.add(name(passed));
    } else if (passes(STRING)) {
      String inner = passed.substring(1, passed.length() - 1);
      ready.add(new Token(Kind.STRING, Escapes.decoded(inner, line), null, line));
      count(passed);
    } else if (passes(OPERATOR)) {
      balance(passed);
      ready.add(new Token(Kind.OPERATOR, passed, null, line));
    } else if (position >= source.length()) {
      ready.add(new Token(Kind.END, "", null, line));
    } else {
      String character = Character.toString(source.codePointAt(position));
      throw broken("unexpected char " + PythonText.quoted(character) + " at " + codePoints());
    }
  }

  private int codePoints() {
    return source.codePointCount(0, position);
  }

  private Token name(String text) throws BrokenTemplateException {
    if (!Character.isUnicodeIdentifierStart(text.codePointAt(0)) && text.charAt(0) != '_') {
      throw broken("Invalid character in identifier");
    }
    return new Token(Kind.NAME, text, null, line);
  }

  /** Passes what stands here if it is of some form. */
  private boolean passes(Pattern form) {
    Matcher matcher = form.matcher(source).region(position, source.length());
    matcher.useTransparentBounds(true);
    if (!matcher.lookingAt()) {
      return false;
    }
    position = matcher.end();
    passed = matcher.group();
    return true;
  }

  private void balance(String sign) throws BrokenTemplateException {
    switch (sign) {
      case "{" -> brackets.push("}");
      case "(" -> brackets.push(")");
      case "[" -> brackets.push("]");
      case "}", ")", "]" -> {
        if (brackets.isEmpty()) {
          throw broken("unexpected '" + sign + "'");
        }
        String expected = brackets.pop();
        if (!expected.equals(sign)) {
          throw broken("unexpected '" + sign + "', expected '" + expected + "'");
        }
      }
      default -> {}
    }
  }

  private BigInteger integer(String text) throws BrokenTemplateException {
    String digits = text.toLowerCase(Locale.ROOT);
    if (digits.length() > Budget.MAX_INTEGER_BITS / Long.BYTES) {
      throw broken("Integer too big");
    }
    for (NumberBase base : NumberBase.values()) {
      if (digits.startsWith(base.prefix())) {
        return new BigInteger(digits.substring(base.prefix().length()), base.radix());
      }
    }
    return new BigInteger(digits, DECIMAL);
  }

  private void moveTo(int from, int to) {
    count(source.substring(from, to));
    position = to;
  }

  private void count(String passed) {
    line += (int) passed.chars().filter(character -> character == '\n').count();
  }

  private BrokenTemplateException broken(String message) {
    return new BrokenTemplateException(message, line);
  }
}
