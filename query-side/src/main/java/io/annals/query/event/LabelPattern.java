package io.annals.query.event;

/**
 * One accepted value of a label: {@code *} and {@code ?} are wildcards, a leading {@code !}
 * negates.
 */
public record LabelPattern(String glob, boolean negated) {
  /** Reads a pattern as clients write it. */
  public static LabelPattern of(String text) {
    return text.startsWith("!")
        ? new LabelPattern(text.substring(1), true)
        : new LabelPattern(text, false);
  }

  /** Whether it names one value and nothing else. */
  boolean isExact() {
    return !negated && glob.indexOf('*') < 0 && glob.indexOf('?') < 0;
  }

  /** The pattern for SQL's LIKE, with a backslash as the escape. */
  String like() {
    StringBuilder like = new StringBuilder(glob.length() + 2);
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> like.append('%');
        case '?' -> like.append('_');
        case '%', '_', '\\' -> like.append('\\').append(c);
        default -> like.append(c);
      }
    }
    return like.toString();
  }

  /** Whether a value of the label is accepted. */
  boolean matches(String value) {
    return globMatches(value) != negated;
  }

  /** Walks both texts once, going back only to the last star. */
  private boolean globMatches(String value) {
    int g = 0;
    int v = 0;
    int star = -1;
    int resume = 0;
    while (v < value.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = v;
      } else if (g < glob.length()
          && (glob.charAt(g) == '?' || glob.charAt(g) == value.charAt(v))) {
        g++;
        v++;
      } else if (star >= 0) {
        g = star + 1;
        v = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
