package io.annals.app.settings;

import io.annals.app.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Where settings come from, in the order of their say. */
final class SettingSources {
  private static final String PROFILE = "PREFECT_PROFILE";
  private static final String PROFILES_PATH = "PREFECT_PROFILES_PATH";

  /** Variables that are read elsewhere: by {@code ./annals}, and for block documents. */
  private static final Set<String> KNOWN_ELSEWHERE =
      Set.of("ANNALS_JAVA_OPTIONS", "PREFECT_SERVER_ENCRYPTION_KEY");

  private static final List<String> WATCHED_PREFIXES = List.of("PREFECT_SERVER_", "ANNALS_");

  private final Map<String, String> environment;
  private final List<Source> inOrder = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** One place that may know a setting. */
  @FunctionalInterface
  private interface Source {
    @Nullable Found find(Setting setting);
  }

  /** A text, and the name it was found under. */
  record Found(String name, String text) {}

  private SettingSources(Map<String, String> environment) {
    this.environment = upperCased(environment);
  }

  /**
   * Opens all sources.
   *
   * @throws StartupFailure for a file that cannot be read
   */
  static SettingSources of(
      List<Setting> table, Map<String, String> environment, Path workingDirectory) {
    SettingSources sources = new SettingSources(environment);
    sources.inOrder.add(variables(sources.environment));
    sources.addFiles(workingDirectory);
    sources.addProfile(table.getFirst());
    sources.warnAboutUnknown(table);
    return sources;
  }

  /** The first source that knows a setting has its say. */
  @Nullable Found find(Setting setting) {
    for (Source source : inOrder) {
      Found found = source.find(setting);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * A path as it is meant: {@code $PREFECT_HOME} and the leading {@code ~} filled in. As with the
   * client and in shells the variable HOME comes first; who has another one than the system's list
   * of users says (in containers, by sudo) is still found by both.
   *
   * @param prefectHome what {@code $PREFECT_HOME} stands for
   */
  String expanded(Setting setting, String text, String prefectHome) {
    if (setting.type() != SettingType.PATH) {
      return text;
    }
    String path = text.replace("$PREFECT_HOME", prefectHome);
    return path.equals("~") || path.startsWith("~/") ? userHome() + path.substring(1) : path;
  }

  private String userHome() {
    String told = environment.getOrDefault("HOME", "");
    return told.isEmpty() ? System.getProperty("user.home") : told;
  }

  /** What the person who set things should know. */
  List<String> warnings() {
    return warnings;
  }

  private void addFiles(Path folder) {
    Path dotEnv = folder.resolve(".env");
    if (Files.isRegularFile(dotEnv)) {
      inOrder.add(variables(upperCased(DotEnv.parse(textOf(dotEnv)))));
    }
    addTree(folder.resolve("prefect.toml"), "");
    addTree(folder.resolve("pyproject.toml"), "/tool/prefect");
  }

  private void addTree(Path file, String pointer) {
    if (Files.isRegularFile(file)) {
      JsonNode tree = toml(file).at(pointer);
      inOrder.add(
          setting -> {
            JsonNode value = tree.at("/" + setting.path().replace('.', '/'));
            return value.isMissingNode() || value.isNull()
                ? null
                : new Found(file.getFileName() + " " + setting.path(), textOf(value));
          });
    }
  }

  private void addProfile(Setting home) {
    Found told = find(home);
    String folder = expanded(home, told == null ? "~/.prefect" : told.text(), "");
    String path = environment.get(PROFILES_PATH);
    Path file = Path.of(path == null ? folder + "/profiles.toml" : path);
    if (!Files.isRegularFile(file)) {
      return;
    }
    JsonNode profiles = toml(file);
    String active = environment.getOrDefault(PROFILE, profiles.path("active").asString(""));
    Map<String, String> values = new TreeMap<>();
    profiles
        .path("profiles")
        .path(active)
        .properties()
        .forEach(entry -> values.put(entry.getKey(), textOf(entry.getValue())));
    inOrder.add(variables(upperCased(values)));
  }

  private void warnAboutUnknown(List<Setting> table) {
    Set<String> known =
        table.stream().flatMap(setting -> setting.names().stream()).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(environment.keySet());
    unknown.removeIf(name -> WATCHED_PREFIXES.stream().noneMatch(name::startsWith));
    unknown.removeAll(known);
    unknown.removeAll(KNOWN_ELSEWHERE);
    if (!unknown.isEmpty()) {
      warnings.add("These variables name no setting: " + String.join(", ", unknown) + ".");
    }
  }

  private static Source variables(Map<String, String> values) {
    return setting -> {
      for (String name : setting.names()) {
        String text = values.get(name);
        if (text != null) {
          return new Found(name, text);
        }
      }
      return null;
    };
  }

  private static JsonNode toml(Path file) {
    try {
      return new TomlMapper().readTree(textOf(file));
    } catch (JacksonException invalid) {
      throw StartupFailure.wrongSetting(
          "%s is not valid TOML: %s".formatted(file, invalid.getOriginalMessage()));
    }
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw StartupFailure.wrongSetting("%s cannot be read: %s".formatted(file, unreadable));
    }
  }

  private static String textOf(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().map(SettingSources::textOf).collect(Collectors.joining(","));
    }
    return value.isObject() ? value.toString() : value.asString();
  }

  private static Map<String, String> upperCased(Map<String, String> values) {
    Map<String, String> result = new TreeMap<>();
    values.forEach((name, text) -> result.put(name.toUpperCase(Locale.ROOT), text));
    return result;
  }
}
