package io.annals.app.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code settings.table}.
 *
 * @param path its place in the tree of settings, such as {@code server.api.port}
 * @param type how its text is read and shown
 * @param bounds what its value must keep to
 * @param defaultText what it is when nobody sets it; null: unset
 * @param names its environment variables; the first one that is set wins
 */
record Setting(
    String path,
    SettingType type,
    Bounds bounds,
    @Nullable String defaultText,
    List<String> names) {
  /** The name to use when talking to people about it. */
  String name() {
    return names.getFirst();
  }
}
