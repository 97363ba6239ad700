package io.annals.command.template;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Filters that make texts of texts. */
final class TextFilters {
  private static final int DEFAULT_CENTER = 80;
  private static final int DEFAULT_INDENT = 4;
  private static final int DEFAULT_TRUNCATE = 255;
  private static final int DEFAULT_LEEWAY = 5;
  private static final int DEFAULT_WRAP = 79;
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern TITLE_WORD = Pattern.compile("[-\\s({\\[<]+|[^-\\s({\\[<]+");
  private static final Pattern TAG = Pattern.compile("<!--.*?-->|<[^>]*>", Pattern.DOTALL);

  static final Map<String, Filter> BY_NAME =
      Map.ofEntries(
          text("upper", text -> text.toUpperCase(Locale.ROOT)),
          text("lower", text -> text.toLowerCase(Locale.ROOT)),
          text("capitalize", TextMethods::capitalized),
          text("title", TextFilters::title),
          Map.entry(
              "string",
              (at, value, given) -> value instanceof Markup ? value : at.texts().text(value)),
          Map.entry("trim", TextFilters::trimmed),
          Map.entry("replace", TextFilters::replaced),
          Map.entry("center", TextFilters::centered),
          Map.entry("indent", TextFilters::indented),
          Map.entry("truncate", TextFilters::truncated),
          Map.entry("wordwrap", TextFilters::wrapped),
          Map.entry("format", TextFilters::formatted),
          Map.entry("striptags", TextFilters::withoutTags),
          Map.entry("urlencode", TextFilters::urlEncoded),
          Map.entry("xmlattr", TextFilters::xmlAttributes),
          Map.entry("e", TextFilters::escaped),
          Map.entry("escape", TextFilters::escaped),
          Map.entry(
              "forceescape",
              (at, value, given) -> new Markup(Markup.escaped(at.texts().text(value)))),
          Map.entry("safe", (at, value, given) -> new Markup(at.texts().text(value))),
          Map.entry(
              "wordcount",
              (at, value, given) ->
                  BigInteger.valueOf(WORD.matcher(at.texts().text(value)).results().count())),
          Map.entry(
              "tojson",
              (at, value, given) ->
                  new Markup(
                      new JsonText(at.budget())
                          .forHtml(value, given.or(0, "indent", Nothing.NONE)))),
          Map.entry("pprint", (at, value, given) -> at.texts().shown(value)));

  private TextFilters() {}

  /** A change of a text; HTML stays HTML. */
  private interface Change {
    String of(String text);
  }

  private static Map.Entry<String, Filter> text(String name, Change change) {
    return Map.entry(
        name,
        (at, value, given) -> {
          String changed = at.budget().text(change.of(at.texts().text(value)));
          return value instanceof Markup ? new Markup(changed) : changed;
        });
  }

  private static String title(String text) {
    Matcher word = TITLE_WORD.matcher(text);
    StringBuilder title = new StringBuilder();
    while (word.find()) {
      title.append(TextMethods.capitalized(word.group()));
    }
    return title.toString();
  }

  private static Object escaped(Evaluator at, Object value, Arguments given) {
    return value instanceof Markup ? value : new Markup(Markup.escaped(at.texts().text(value)));
  }

  private static Object trimmed(Evaluator at, Object value, Arguments given) {
    String characters = given.has(0, "chars") ? given.text(0, "chars", "") : null;
    return TextMethods.stripped(at.texts().text(value), characters, true, true);
  }

  private static Object replaced(Evaluator at, Object value, Arguments given) {
    String old = at.texts().text(given.required(0, "old"));
    String replacement = at.texts().text(given.required(1, "new"));
    Object count = given.has(2, "count") ? given.required(2, "count") : BigInteger.ONE.negate();
    return method(at, at.texts().text(value), "replace", List.of(old, replacement, count));
  }

  private static Object method(Evaluator at, String text, String name, List<Object> given) {
    return at.called(at.members().attribute(text, name), new Arguments(given, Map.of()));
  }

  private static Object centered(Evaluator at, Object value, Arguments given) {
    Object width = given.or(0, "width", BigInteger.valueOf(DEFAULT_CENTER));
    return method(at, at.texts().text(value), "center", List.of(width));
  }

  private static Object indented(Evaluator at, Object value, Arguments given) {
    Object width = given.or(0, "width", BigInteger.valueOf(DEFAULT_INDENT));
    String indention = Values.textOf(width);
    if (indention == null) {
      int spaces = Math.max(0, Arguments.integer(width));
      at.budget().spendLength(spaces);
      indention = " ".repeat(spaces);
    }
    boolean blank = given.flag(2, "blank", false);
    List<String> lines = TextMethods.lines(at.texts().text(value) + "\n");
    List<String> indented = new ArrayList<>();
    long length = 0;
    for (String line : lines) {
      boolean isFirst = indented.isEmpty();
      boolean isMoved = isFirst ? given.flag(1, "first", false) : blank || !line.isEmpty();
      length += line.length() + (long) indention.length();
      at.budget().spendLength(length);
      indented.add(isMoved ? indention + line : line);
    }
    return String.join("\n", indented);
  }

  private static Object truncated(Evaluator at, Object value, Arguments given) {
    String text = at.texts().text(value);
    int length = given.integer(0, "length", DEFAULT_TRUNCATE);
    String end = given.text(2, "end", "...");
    int leeway = given.has(3, "leeway") ? given.integer(3, "leeway", 0) : DEFAULT_LEEWAY;
    if (length < end.length()) {
      throw new Failure(
          "AssertionError", "expected length >= %d, got %d".formatted(end.length(), length));
    }
    if (text.length() <= (long) length + leeway) {
      return text;
    }
    String start = text.substring(0, length - end.length());
    int lastSpace = start.lastIndexOf(' ');
    boolean isCut = given.flag(1, "killwords", false) || lastSpace < 0;
    return (isCut ? start : start.substring(0, lastSpace)) + end;
  }

  private static Object wrapped(Evaluator at, Object value, Arguments given) {
    int width = given.integer(0, "width", DEFAULT_WRAP);
    if (width <= 0) {
      throw Failure.value("invalid width " + width + " (must be > 0)");
    }
    String text = at.texts().text(value);
    at.budget().spend(text.length());
    List<String> lines = new ArrayList<>();
    for (String line : TextMethods.lines(text)) {
      lines.addAll(wrapped(line, width, given.flag(1, "break_long_words", true)));
    }
    return at.budget().text(String.join(given.text(2, "wrapstring", "\n"), lines));
  }

  private static List<String> wrapped(String line, int width, boolean breakLong) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : line.split(" +", -1)) {
      String rest = word;
      if (!current.isEmpty() && current.length() + 1 + rest.length() > width) {
        lines.add(current.toString());
        current.setLength(0);
      }
      while (breakLong && rest.length() > width) {
        lines.add(rest.substring(0, width));
        rest = rest.substring(width);
      }
      current.append(current.isEmpty() ? "" : " ").append(rest);
    }
    if (!current.isEmpty()) {
      lines.add(current.toString());
    }
    return lines;
  }

  private static Object formatted(Evaluator at, Object value, Arguments given) {
    if (!given.positional().isEmpty() && !given.named().isEmpty()) {
      throw Failure.argument("can't handle positional and keyword arguments at the same time");
    }
    Object values =
        given.named().isEmpty() ? new Tuple(given.positional()) : Map.copyOf(given.named());
    return at.arithmetic().apply("%", at.texts().text(value), values);
  }

  private static Object withoutTags(Evaluator at, Object value, Arguments given) {
    String text = TAG.matcher(at.texts().text(value)).replaceAll("");
    return String.join(" ", text.strip().split("\\s+"))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  private static Object urlEncoded(Evaluator at, Object value, Arguments given) {
    List<Object> pairs = value instanceof Map<?, ?> map ? at.members().entries(map) : null;
    if (pairs == null) {
      boolean isText = Values.textOf(value) != null || at.values().itemsOrNull(value) == null;
      if (isText) {
        return quoted(at.texts().text(value), false);
      }
      pairs = at.values().items(value);
    }
    return pairs.stream()
        .map(pair -> at.values().items(pair, 2))
        .map(
            pair ->
                quoted(at.texts().text(pair.get(0)), true)
                    + "="
                    + quoted(at.texts().text(pair.get(1)), true))
        .collect(Collectors.joining("&"));
  }

  private static String quoted(String text, boolean inQuery) {
    String quoted =
        URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
    return inQuery ? quoted : quoted.replace("+", "%20").replace("%2F", "/");
  }

  private static Object xmlAttributes(Evaluator at, Object value, Arguments given) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Failure.type("xmlattr needs a mapping");
    }
    List<String> attributes = new ArrayList<>();
    map.forEach(
        (key, attribute) -> {
          if (attribute != Nothing.NONE && !(attribute instanceof Undefined)) {
            String name = Markup.escaped(at.texts().text(key));
            attributes.add(name + "=\"" + Markup.escaped(at.texts().text(attribute)) + "\"");
          }
        });
    String joined = String.join(" ", attributes);
    return joined.isEmpty() || !given.flag(0, "autospace", true) ? joined : " " + joined;
  }
}
