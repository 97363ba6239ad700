package io.annals.app.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code .env} files: {@code NAME=value}, quoted or not, with comments. */
final class DotEnv {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?:export\\s+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*"
              + "(?:'(?<single>[^']*)'|\"(?<double>[^\"]*)\"|(?<plain>[^#]*?))\\s*(?:#.*)?");

  private DotEnv() {}

  static Map<String, String> parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line -> {
              String single = line.group("single");
              String quoted = single == null ? line.group("double") : single;
              values.put(line.group("name"), quoted == null ? line.group("plain") : quoted);
            });
    return values;
  }
}
