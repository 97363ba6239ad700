package io.annals.command.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods of Python's texts. */
final class TextMethods {
  private static final Pattern LINES = Pattern.compile("\r\n|[\n\r\u000b\f\u0085\u2028\u2029]");
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private final Budget budget;
  private final Values values;
  private final Texts texts;
  private final Members members;

  TextMethods(Budget budget, Values values, Texts texts, Members members) {
    this.budget = budget;
    this.values = values;
    this.texts = texts;
    this.members = members;
  }

  @Nullable Callee of(String text, String name) {
    budget.spendLength(text.length());
    Callee method = changing(text, name);
    if (method == null) {
      method = asking(text, name);
    }
    return method == null ? dividing(text, name) : method;
  }

  private @Nullable Callee changing(String text, String name) {
    return switch (name) {
      case "upper" -> arguments -> text.toUpperCase(Locale.ROOT);
      case "lower", "casefold" -> arguments -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> arguments -> capitalized(text);
      case "title" -> arguments -> title(text);
      case "swapcase" -> arguments -> swapped(text);
      case "strip" -> arguments -> stripped(text, arguments, true, true);
      case "lstrip" -> arguments -> stripped(text, arguments, true, false);
      case "rstrip" -> arguments -> stripped(text, arguments, false, true);
      case "replace" ->
          arguments ->
              replaced(
                  text,
                  required(arguments, 0, "old"),
                  required(arguments, 1, "new"),
                  arguments.integer(2, "count", -1));
      case "removeprefix" ->
          arguments -> {
            String prefix = required(arguments, 0, "prefix");
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
          };
      case "removesuffix" ->
          arguments -> {
            String suffix = required(arguments, 0, "suffix");
            return text.endsWith(suffix)
                ? text.substring(0, text.length() - suffix.length())
                : text;
          };
      case "center" -> arguments -> padded(text, arguments, '^');
      case "ljust" -> arguments -> padded(text, arguments, '<');
      case "rjust" -> arguments -> padded(text, arguments, '>');
      case "zfill" ->
          arguments -> {
            boolean isSigned = text.startsWith("-") || text.startsWith("+");
            String sign = isSigned ? text.substring(0, 1) : "";
            int width = arguments.integer(0, "width", 0) - sign.length();
            return sign + padding(text.substring(sign.length()), width, "0", '>');
          };
      case "format" -> arguments -> new BraceFormat(budget, texts, members).format(text, arguments);
      default -> null;
    };
  }

  private @Nullable Callee asking(String text, String name) {
    return switch (name) {
      case "startswith" -> arguments -> affixes(arguments).stream().anyMatch(text::startsWith);
      case "endswith" -> arguments -> affixes(arguments).stream().anyMatch(text::endsWith);
      case "find" -> arguments -> place(text, text.indexOf(required(arguments, 0, "sub")));
      case "rfind" -> arguments -> place(text, text.lastIndexOf(required(arguments, 0, "sub")));
      case "index" ->
          arguments -> {
            int at = text.indexOf(required(arguments, 0, "sub"));
            if (at < 0) {
              throw Failure.value("substring not found");
            }
            return place(text, at);
          };
      case "count" ->
          arguments ->
              BigInteger.valueOf(pieces(text, required(arguments, 0, "sub"), -1).size() - 1L);
      case "isdigit", "isdecimal", "isnumeric" -> arguments -> all(text, Character::isDigit);
      case "isalpha" -> arguments -> all(text, Character::isLetter);
      case "isalnum" -> arguments -> all(text, Character::isLetterOrDigit);
      case "isspace" -> arguments -> all(text, Character::isWhitespace);
      case "isupper" -> arguments -> isUpper(text);
      case "islower" -> arguments -> isLower(text);
      case "isidentifier" ->
          arguments -> !text.isEmpty() && text.matches("[\\p{L}_][\\p{L}\\p{N}_]*");
      default -> null;
    };
  }

  private @Nullable Callee dividing(String text, String name) {
    return switch (name) {
      case "split" -> arguments -> split(text, arguments, false);
      case "rsplit" -> arguments -> split(text, arguments, true);
      case "splitlines" -> arguments -> new ArrayList<Object>(lines(text));
      case "join" ->
          arguments -> {
            List<String> parts = new ArrayList<>();
            long length = 0;
            for (Object part : values.items(arguments.required(0, "iterable"))) {
              String piece = Values.textOf(part);
              if (piece == null) {
                throw Failure.type(
                    "sequence item %d: expected str instance, %s found"
                        .formatted(parts.size(), Values.typeName(part)));
              }
              parts.add(piece);
              length += piece.length() + (long) text.length();
            }
            budget.spendLength(length);
            return String.join(text, parts);
          };
      case "partition" -> arguments -> parted(text, required(arguments, 0, "sep"), false);
      case "rpartition" -> arguments -> parted(text, required(arguments, 0, "sep"), true);
      default -> null;
    };
  }

  private static String required(Arguments arguments, int index, String name) {
    arguments.required(index, name);
    return arguments.text(index, name, "");
  }

  private static boolean all(String text, IntPredicate test) {
    return !text.isEmpty() && text.codePoints().allMatch(test);
  }

  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(Character::isLowerCase);
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(Character::isUpperCase);
  }

  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean isInside = false;
    for (int character : text.codePoints().toArray()) {
      title.appendCodePoint(
          isInside ? Character.toLowerCase(character) : Character.toUpperCase(character));
      isInside = Character.isLetter(character);
    }
    return title.toString();
  }

  private static String swapped(String text) {
    StringBuilder swapped = new StringBuilder();
    text.codePoints()
        .map(
            character ->
                Character.isUpperCase(character)
                    ? Character.toLowerCase(character)
                    : Character.toUpperCase(character))
        .forEach(swapped::appendCodePoint);
    return swapped.toString();
  }

  private static String stripped(String text, Arguments arguments, boolean start, boolean end) {
    String characters = arguments.has(0, "chars") ? arguments.text(0, "chars", "") : null;
    return stripped(text, characters, start, end);
  }

  static String stripped(String text, @Nullable String characters, boolean start, boolean end) {
    int first = 0;
    int last = text.length();
    while (start && first < last && isStripped(text.charAt(first), characters)) {
      first++;
    }
    while (end && last > first && isStripped(text.charAt(last - 1), characters)) {
      last--;
    }
    return text.substring(first, last);
  }

  private static boolean isStripped(char character, @Nullable String characters) {
    return characters == null
        ? Character.isWhitespace(character)
        : characters.indexOf(character) >= 0;
  }

  String replaced(String text, String old, String replacement, int count) {
    List<String> pieces = pieces(text, old, count);
    budget.spendLength(text.length() + (pieces.size() - 1L) * replacement.length());
    return String.join(replacement, pieces);
  }

  /** The text between occurrences of a part, of which only so many count if there is a limit. */
  private List<String> pieces(String text, String part, int limit) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(part);
    while (at >= 0 && at <= text.length() && (limit < 0 || pieces.size() < limit)) {
      pieces.add(text.substring(from, at));
      from = at + part.length();
      int next = part.isEmpty() ? at + 1 : from;
      at = next > text.length() ? -1 : text.indexOf(part, next);
    }
    pieces.add(text.substring(from));
    budget.spend(pieces.size());
    return pieces;
  }

  private List<Object> split(String text, Arguments arguments, boolean fromEnd) {
    int limit = arguments.integer(1, "maxsplit", -1);
    if (arguments.has(0, "sep")) {
      String separator = required(arguments, 0, "sep");
      if (separator.isEmpty()) {
        throw Failure.value("empty separator");
      }
      return limited(pieces(text, separator, fromEnd ? -1 : limit), separator, limit, fromEnd);
    }
    String bare = text.strip();
    if (bare.isEmpty()) {
      return new ArrayList<>();
    }
    if (limit >= 0 && !fromEnd) {
      return new ArrayList<>(List.of(SPACES.split(text.stripLeading(), limit + 1)));
    }
    return limited(List.of(SPACES.split(bare)), " ", limit, fromEnd);
  }

  private static List<Object> limited(
      List<String> pieces, String separator, int limit, boolean fromEnd) {
    int surplus = fromEnd && limit >= 0 ? pieces.size() - 1 - limit : 0;
    if (surplus <= 0) {
      return new ArrayList<>(pieces);
    }
    List<Object> kept = new ArrayList<>();
    kept.add(String.join(separator, pieces.subList(0, surplus + 1)));
    kept.addAll(pieces.subList(surplus + 1, pieces.size()));
    return kept;
  }

  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(LINES.split(text, -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static Tuple parted(String text, String separator, boolean last) {
    int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (at < 0) {
      return last ? Tuple.of("", "", text) : Tuple.of(text, "", "");
    }
    return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  private List<String> affixes(Arguments arguments) {
    Object given = arguments.required(0, "prefix");
    return given instanceof Tuple tuple
        ? tuple.items().stream().map(texts::text).toList()
        : List.of(required(arguments, 0, "prefix"));
  }

  private static BigInteger place(String text, int at) {
    return BigInteger.valueOf(at < 0 ? at : text.codePointCount(0, at));
  }

  private String padded(String text, Arguments arguments, char alignment) {
    return padding(
        text, arguments.integer(0, "width", 0), arguments.text(1, "fillchar", " "), alignment);
  }

  String padding(String text, int width, String fill, char alignment) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    budget.spendLength(width);
    int before =
        switch (alignment) {
          case '<' -> 0;
          case '>' -> missing;
          default -> missing / 2 + (missing & width & 1);
        };
    return fill.repeat(before) + text + fill.repeat(missing - before);
  }
}
