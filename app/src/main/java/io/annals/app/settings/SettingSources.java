package io.annals.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where settings come from, in the order of their say. */
final class SettingSources {
  private final Map<String, String> environment = new TreeMap<>();

  private SettingSources() {}

  /** A text, and the name it was found under. */
  record Found(String name, String text) {}

  static SettingSources of(
      List<Setting> table, Map<String, String> environment, Path workingDirectory) {
    SettingSources sources = new SettingSources();
    environment.forEach(
        (name, text) -> sources.environment.put(name.toUpperCase(Locale.ROOT), text));
    return sources;
  }

  @Nullable Found find(Setting setting) {
    for (String name : setting.names()) {
      String text = environment.get(name);
      if (text != null) {
        return new Found(name, text);
      }
    }
    return null;
  }

  List<String> warnings() {
    return List.of();
  }
}
