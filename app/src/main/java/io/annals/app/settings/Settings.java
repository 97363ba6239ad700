package io.annals.app.settings;

import io.annals.app.StartupFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of all settings. Paths are those of {@code settings.table}. */
public final class Settings {
  private static final String OWN_ROOT = "annals.";
  private static final String CONNECTION_URL = "server.database.connection_url";
  private static final String UI_API_URL = "server.ui.api_url";
  private static final double NANOS_OF_SECOND = 1e9;

  private final List<Setting> table;
  private final Map<String, Object> values;
  private final List<String> warnings;

  private Settings(List<Setting> table, Map<String, Object> values, List<String> warnings) {
    this.table = table;
    this.values = values;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads all settings.
   *
   * @param environment the variables of the process
   * @param workingDirectory where {@code .env}, {@code prefect.toml} and {@code pyproject.toml} may
   *     lie
   * @throws StartupFailure for a value that cannot be used
   */
  public static Settings load(Map<String, String> environment, Path workingDirectory) {
    List<Setting> table = SettingsTable.read();
    SettingSources sources = SettingSources.of(table, environment, workingDirectory);
    Map<String, Object> values = new HashMap<>();
    String home = text(sources, table.getFirst());
    for (Setting setting : table) {
      SettingSources.Found found = sources.find(setting);
      String text = found == null ? setting.defaultText() : found.text();
      if (text != null) {
        String name = found == null ? setting.name() : found.name();
        values.put(setting.path(), value(setting, name, sources.expanded(setting, text, home)));
      }
    }
    return new Settings(table, values, sources.warnings());
  }

  private static String text(SettingSources sources, Setting home) {
    SettingSources.Found found = sources.find(home);
    return sources.expanded(
        home, found == null ? String.valueOf(home.defaultText()) : found.text(), "");
  }

  private static Object value(Setting setting, String name, String text) {
    try {
      Object value = setting.type().read(text);
      String complaint =
          switch (value) {
            case Number number -> setting.bounds().complaint(number.doubleValue());
            case Duration duration ->
                setting.bounds().complaint(duration.toNanos() / NANOS_OF_SECOND);
            default -> null;
          };
      if (complaint != null) {
        throw new IllegalArgumentException(complaint);
      }
      return value;
    } catch (IllegalArgumentException wrong) {
      String shown = setting.type() == SettingType.SECRET ? "(hidden)" : text;
      throw StartupFailure.wrongSetting(
          "%s=%s %s.".formatted(name, shown, String.valueOf(wrong.getMessage())));
    }
  }

  /** What the person who started the server should know about what they set. */
  public List<String> warnings() {
    return warnings;
  }

  /** A switch. */
  public boolean enabled(String path) {
    return (Boolean) known(path);
  }

  /** A whole number. */
  public int integer(String path) {
    return Math.toIntExact((Long) known(path));
  }

  /** A duration, whether the setting is one or a number of seconds. */
  public Duration duration(String path) {
    return asDuration(known(path));
  }

  /** The same for a setting that may be unset. */
  public Optional<Duration> optionalDuration(String path) {
    return Optional.ofNullable(values.get(path)).map(Settings::asDuration);
  }

  /** A text that is always there. */
  public String text(String path) {
    return known(path).toString();
  }

  /** A text, secret or not, that may be unset. */
  public @Nullable String textOrNull(String path) {
    Object value = values.get(path);
    return value == null ? null : value.toString();
  }

  /** A whole number that may be unset. */
  public @Nullable Integer integerOrNull(String path) {
    return values.get(path) instanceof Long number ? Math.toIntExact(number) : null;
  }

  /** A list of words. */
  public List<String> words(String path) {
    return ((List<?>) known(path)).stream().map(Object::toString).toList();
  }

  /** A duration for each of some words. */
  public Map<String, Duration> durations(String path) {
    Map<String, Duration> durations = new HashMap<>();
    ((Map<?, ?>) known(path))
        .forEach((word, duration) -> durations.put(word.toString(), (Duration) duration));
    return durations;
  }

  /** A folder or file. */
  public Path path(String path) {
    return Path.of(text(path)).toAbsolutePath();
  }

  private static Duration asDuration(Object value) {
    return value instanceof Number seconds
        ? Duration.ofNanos(Math.round(seconds.doubleValue() * NANOS_OF_SECOND))
        : (Duration) value;
  }

  private Object known(String path) {
    Object value = values.get(path);
    if (value == null) {
      throw new IllegalArgumentException("There is no value for " + path);
    }
    return value;
  }

  /** The tree that {@code GET /admin/settings} shows: Prefect's settings without our own. */
  public JsonNode effectiveTree() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (Setting setting : table) {
      if (!setting.path().startsWith(OWN_ROOT)) {
        place(root, setting);
      }
    }
    return root;
  }

  private void place(ObjectNode root, Setting setting) {
    String[] steps = setting.path().split("\\.", -1);
    ObjectNode node = root;
    for (int i = 0; i < steps.length - 1; i++) {
      node = node.withObject("/" + steps[i]);
    }
    node.set(steps[steps.length - 1], shown(setting));
  }

  private JsonNode shown(Setting setting) {
    Object value =
        switch (setting.path()) {
          // Prefect always has a database URL, and it is always a secret.
          case CONNECTION_URL -> "";
          case UI_API_URL -> uiApiUrl();
          default -> values.get(setting.path());
        };
    return value == null ? NullNode.getInstance() : setting.type().show(value);
  }

  /** The API's address as pages are told it. */
  public String uiApiUrl() {
    String told = textOrNull(UI_API_URL);
    if (told == null) {
      told = textOrNull("api.url");
    }
    return told != null
        ? told
        : "http://%s:%d/api".formatted(text("server.api.host"), integer("server.api.port"));
  }

  /** All values by path, for tests. */
  Map<String, Object> values() {
    return new LinkedHashMap<>(values);
  }
}
