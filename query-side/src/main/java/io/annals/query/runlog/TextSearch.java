package io.annals.query.runlog;

import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prefect's text query: words are alternatives, {@code +word} must and {@code -word} or {@code
 * !word} must not occur, quotes make one term of several words, a backslash takes the next
 * character as it is.
 */
record TextSearch(List<String> include, List<String> required, List<String> exclude) {
  static TextSearch parse(String query) {
    TextSearch search = new TextSearch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int index = 0;
    while (index < query.length()) {
      index = search.term(query, index);
    }
    return search;
  }

  /** Takes the term that starts at the index; answers where it ends. */
  private int term(String query, int start) {
    int index = start;
    if (Character.isWhitespace(query.charAt(index))) {
      return index + 1;
    }
    List<String> kind = include;
    char first = query.charAt(index);
    if (first == '+' || first == '-' || first == '!') {
      kind = first == '+' ? required : exclude;
      index++;
    }
    StringBuilder term = new StringBuilder();
    boolean quoted = false;
    while (index < query.length()) {
      char character = query.charAt(index++);
      if (character == '\\' && index < query.length()) {
        term.append(query.charAt(index++));
      } else if (character == '"') {
        quoted = !quoted;
      } else if (Character.isWhitespace(character) && !quoted) {
        break;
      } else {
        term.append(character);
      }
    }
    if (!term.isEmpty()) {
      kind.add(term.toString().toLowerCase(Locale.ROOT));
    }
    return index;
  }

  Where where(String searched) {
    Where where = Where.all();
    Where any = Where.joinedBy(FilterOperator.OR);
    include.forEach(term -> any.and("strpos(" + searched + ", ?) > 0", term));
    where.and(any);
    required.forEach(term -> where.and("strpos(" + searched + ", ?) > 0", term));
    exclude.forEach(term -> where.and("strpos(" + searched + ", ?) = 0", term));
    return where;
  }

  boolean matches(String searched) {
    String lower = searched.toLowerCase(Locale.ROOT);
    return (include.isEmpty() || include.stream().anyMatch(lower::contains))
        && required.stream().allMatch(lower::contains)
        && exclude.stream().noneMatch(lower::contains);
  }
}
