package io.annals.app.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All settings, as {@code settings.table} declares them. */
final class SettingsTable {
  /** Stands for no default and for no bounds. */
  static final String UNSET = "-";

  private static final String EMPTY = "\"\"";
  private static final String RESOURCE = "settings.table";

  private SettingsTable() {}

  /** Reads the table. */
  static List<Setting> read() {
    try (InputStream table = SettingsTable.class.getResourceAsStream(RESOURCE)) {
      if (table == null) {
        throw new IllegalStateException("The jar lacks " + RESOURCE);
      }
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(SettingsTable::parse)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Setting parse(String line) {
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    return new Setting(
        cells.get(0),
        SettingType.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
        Bounds.parse(cells.get(2)),
        defaultText(cells.get(3)),
        List.of(cells.get(4).split(" ", -1)));
  }

  private static @Nullable String defaultText(String cell) {
    return switch (cell) {
      case UNSET -> null;
      case EMPTY -> "";
      default -> cell;
    };
  }
}
