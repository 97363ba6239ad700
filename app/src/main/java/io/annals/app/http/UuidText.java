package io.annals.app.http;

import org.jspecify.annotations.Nullable;

/** UUIDs as Prefect's paths spell them: any case, and each of the four dashes may be missing. */
final class UuidText {
  private static final int DIGITS = 32;
  private static final int MAX_LENGTH = 36;

  private UuidText() {}

  /** The lower-case form with dashes; null when the text is no UUID. */
  static @Nullable String canonical(String text) {
    if (text.length() < DIGITS || text.length() > MAX_LENGTH) {
      return null;
    }
    char[] canonical = new char[MAX_LENGTH];
    int to = 0;
    for (int from = 0; from < text.length(); from++) {
      char character = text.charAt(from);
      boolean dashPlace = isDashPlace(to);
      if (dashPlace) {
        canonical[to++] = '-';
      }
      if (character == '-') {
        if (!dashPlace) {
          return null;
        }
        continue;
      }
      if (to == MAX_LENGTH || !isHex(character)) {
        return null;
      }
      canonical[to++] = Character.toLowerCase(character);
    }
    return to == MAX_LENGTH ? new String(canonical) : null;
  }

  private static boolean isDashPlace(int index) {
    return index == 8 || index == 13 || index == 18 || index == 23;
  }

  private static boolean isHex(char character) {
    return character < 128 && Character.digit(character, 16) >= 0;
  }
}
