package io.annals.command.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The backslashes in texts, as Python reads them. */
final class Escapes {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))",
          Pattern.DOTALL);
  private static final int OCTAL = 8;
  private static final int HEXADECIMAL = 16;

  private Escapes() {}

  static String decoded(String text, int line) throws BrokenTemplateException {
    Matcher escape = ESCAPE.matcher(text);
    StringBuilder decoded = new StringBuilder();
    while (escape.find()) {
      escape.appendReplacement(decoded, Matcher.quoteReplacement(meaning(escape, line)));
    }
    return escape.appendTail(decoded).toString();
  }

  private static String meaning(Matcher escape, int line) throws BrokenTemplateException {
    if (escape.group(1) != null) {
      return Character.toString(Integer.parseInt(escape.group(1), OCTAL));
    }
    for (int group = 2; group <= 4; group++) {
      if (escape.group(group) != null) {
        long codePoint = Long.parseLong(escape.group(group), HEXADECIMAL);
        if (codePoint > Character.MAX_CODE_POINT) {
          throw new BrokenTemplateException("illegal Unicode character", line);
        }
        return Character.toString((int) codePoint);
      }
    }
    String character = escape.group(5);
    return switch (character) {
      case "n" -> "\n";
      case "t" -> "\t";
      case "r" -> "\r";
      case "b" -> "\b";
      case "f" -> "\f";
      case "a" -> "\u0007";
      case "v" -> "\u000b";
      case "\n" -> "";
      case "\\", "'", "\"" -> character;
      case "x" -> throw new BrokenTemplateException("truncated \\xXX escape", line);
      case "u" -> throw new BrokenTemplateException("truncated \\uXXXX escape", line);
      case "U" -> throw new BrokenTemplateException("truncated \\UXXXXXXXX escape", line);
      default -> escape.group();
    };
  }
}
