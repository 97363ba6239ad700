package io.annals.app.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** How the text of a setting is read, and how its value looks in {@code GET /admin/settings}. */
enum SettingType {
  BOOLEAN {
    @Override
    Boolean read(String text) {
      String word = text.toLowerCase(Locale.ROOT);
      if (TRUE.contains(word)) {
        return true;
      }
      if (FALSE.contains(word)) {
        return false;
      }
      throw new IllegalArgumentException("is neither true nor false");
    }

    @Override
    JsonNode show(Object value) {
      return BooleanNode.valueOf((Boolean) value);
    }
  },

  INTEGER {
    @Override
    Long read(String text) {
      try {
        return Long.valueOf(text.strip());
      } catch (NumberFormatException notWhole) {
        throw new IllegalArgumentException("is not a whole number", notWhole);
      }
    }

    @Override
    JsonNode show(Object value) {
      return LongNode.valueOf((Long) value);
    }
  },

  NUMBER {
    @Override
    Double read(String text) {
      try {
        return Double.valueOf(text.strip());
      } catch (NumberFormatException notNumber) {
        throw new IllegalArgumentException("is not a number", notNumber);
      }
    }

    @Override
    JsonNode show(Object value) {
      return DoubleNode.valueOf((Double) value);
    }
  },

  TEXT,

  PATH,

  SECRET {
    @Override
    JsonNode show(Object value) {
      return StringNode.valueOf(HIDDEN);
    }
  },

  LEVEL {
    @Override
    String read(String text) {
      return oneOf(text.toUpperCase(Locale.ROOT), LEVELS);
    }
  },

  DRIVER {
    @Override
    String read(String text) {
      return oneOf(text, DRIVERS);
    }
  },

  MISSED {
    @Override
    String read(String text) {
      return oneOf(text, MISSED_DATES);
    }
  },

  DURATION {
    @Override
    Duration read(String text) {
      return DurationText.read(text);
    }

    @Override
    JsonNode show(Object value) {
      return StringNode.valueOf(DurationText.show((Duration) value));
    }
  },

  /** A duration that may also be a bare number of seconds. */
  SECONDS {
    @Override
    Duration read(String text) {
      return DurationText.readSeconds(text);
    }

    @Override
    JsonNode show(Object value) {
      return DURATION.show(value);
    }
  },

  /** Comma-separated words. */
  LIST {
    @Override
    List<String> read(String text) {
      return Arrays.stream(text.split(",", -1))
          .map(String::strip)
          .filter(word -> !word.isEmpty())
          .toList();
    }

    @Override
    JsonNode show(Object value) {
      ArrayNode words = JsonNodeFactory.instance.arrayNode();
      ((List<?>) value).forEach(word -> words.add(word.toString()));
      return words;
    }
  },

  /** What {@code db_vacuum} purges. */
  VACUUM {
    @Override
    List<String> read(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true", "1" -> List.of(EVENTS, FLOW_RUNS, ORPHANS);
        case "false", "0", "" -> List.of(EVENTS);
        default ->
            vacuumed(
                Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList());
      };
    }

    @Override
    JsonNode show(Object value) {
      return LIST.show(value);
    }
  },

  /** A JSON object of durations. */
  PERIODS {
    @Override
    Map<String, Duration> read(String text) {
      Map<String, Duration> periods = new TreeMap<>();
      JsonNode tree = JSON.read(text) instanceof JsonNode node ? node : null;
      if (!(tree instanceof ObjectNode object)) {
        throw new IllegalArgumentException("is not a JSON object of durations");
      }
      object
          .properties()
          .forEach(
              entry ->
                  periods.put(
                      entry.getKey(), DurationText.readSeconds(entry.getValue().asString())));
      periods.forEach(
          (name, period) -> {
            if (!period.isPositive()) {
              throw new IllegalArgumentException("must be more than 0 for " + name);
            }
          });
      return periods;
    }

    @Override
    JsonNode show(Object value) {
      ObjectNode periods = JsonNodeFactory.instance.objectNode();
      ((Map<?, ?>) value)
          .forEach((name, period) -> periods.set(name.toString(), DURATION.show(period)));
      return periods;
    }
  },

  /** Anything: JSON when it parses, otherwise text. Only settings of clients have this type. */
  JSON {
    @Override
    JsonNode read(String text) {
      try {
        return READER.readTree(text);
      } catch (JacksonException plainText) {
        return StringNode.valueOf(text);
      }
    }

    @Override
    JsonNode show(Object value) {
      return (JsonNode) value;
    }
  };

  private static final String HIDDEN = "**********";
  private static final String EVENTS = "events";
  private static final String FLOW_RUNS = "flow_runs";
  private static final String ORPHANS = "orphans";
  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on", "t", "y");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "f", "n");
  private static final List<String> LEVELS =
      List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
  private static final List<String> DRIVERS = List.of("postgresql+asyncpg", "sqlite+aiosqlite");
  private static final List<String> MISSED_DATES = List.of("none", "latest", "all");
  private static final JsonMapper READER = new JsonMapper();

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException when it has none; the message completes "the value ..."
   */
  Object read(String text) {
    return text;
  }

  /** The value as the settings tree shows it. */
  JsonNode show(Object value) {
    return StringNode.valueOf(value.toString());
  }

  private static String oneOf(String text, List<String> allowed) {
    if (!allowed.contains(text)) {
      throw new IllegalArgumentException("is none of " + String.join(", ", allowed));
    }
    return text;
  }

  private static List<String> vacuumed(List<String> words) {
    for (String word : words) {
      oneOf(word, List.of(EVENTS, FLOW_RUNS, ORPHANS));
    }
    return List.of(EVENTS, FLOW_RUNS, ORPHANS).stream()
        .filter(each -> words.contains(each) || (each.equals(ORPHANS) && words.contains(FLOW_RUNS)))
        .toList();
  }
}
