package io.annals.query.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as clients write them, and as parts of resource ids. */
public final class EventIds {
  private static final int WITH_DASHES = 36;
  private static final int WITHOUT_DASHES = 32;

  private EventIds() {}

  /** The id, with or without dashes; null when the text is none. */
  public static @Nullable UUID read(String text) {
    try {
      if (text.length() == WITH_DASHES) {
        return UUID.fromString(text);
      }
      if (text.length() == WITHOUT_DASHES) {
        return new UUID(
            Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16));
      }
      return null;
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }
}
