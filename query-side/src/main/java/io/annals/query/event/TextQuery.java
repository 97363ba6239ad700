package io.annals.query.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A search for words: any of the included, all of the required, none of the excluded. Upper and
 * lower case are alike.
 */
public record TextQuery(List<String> include, List<String> exclude, List<String> required) {
  /** The longest query that is accepted, in characters. */
  public static final int MAX_LENGTH = 200;

  /** Reads {@code word}, {@code -word}, {@code !word}, {@code +word} and {@code "a phrase"}. */
  public static TextQuery of(String query) {
    return new Scanner(query).scan();
  }

  /** Whether a text is found. */
  public boolean matches(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return (include.isEmpty() || include.stream().anyMatch(lower::contains))
        && exclude.stream().noneMatch(lower::contains)
        && required.stream().allMatch(lower::contains);
  }

  private static final class Scanner {
    private static final String SIGNS = "-!+";

    private final String text;
    private final TextQuery found =
        new TextQuery(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    TextQuery scan() {
      while (at < text.length()) {
        char first = text.charAt(at);
        if (Character.isWhitespace(first)) {
          at++;
          continue;
        }
        List<String> terms = termsFor(first);
        if (SIGNS.indexOf(first) >= 0) {
          at++;
          if (at >= text.length() || Character.isWhitespace(text.charAt(at))) {
            continue; // a sign on its own means nothing
          }
        }
        String term = text.charAt(at) == '"' ? phrase() : word();
        if (!term.isBlank()) {
          terms.add(term.toLowerCase(Locale.ROOT));
        }
      }
      return found;
    }

    private List<String> termsFor(char sign) {
      return switch (sign) {
        case '-', '!' -> found.exclude();
        case '+' -> found.required();
        default -> found.include();
      };
    }

    private String word() {
      int start = at;
      while (at < text.length()
          && !Character.isWhitespace(text.charAt(at))
          && text.charAt(at) != '"') {
        at++;
      }
      return text.substring(start, at);
    }

    private String phrase() {
      StringBuilder phrase = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        boolean escaped =
            text.charAt(at) == '\\'
                && at + 1 < text.length()
                && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
        if (escaped) {
          at++;
        }
        phrase.append(text.charAt(at));
      }
      at++;
      return phrase.toString();
    }
  }
}
