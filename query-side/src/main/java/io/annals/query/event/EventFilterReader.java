package io.annals.query.event;

import io.annals.query.event.EventFilter.IdInRole;
import io.annals.query.event.EventFilter.Labels;
import io.annals.query.event.EventFilter.Names;
import io.annals.query.event.EventFilter.Order;
import io.annals.query.event.EventFilter.Related;
import io.annals.query.event.EventFilter.Resources;
import io.annals.query.request.InstantText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads an event filter; unknown keys are refused at every depth. */
public final class EventFilterReader {
  /** How far back a filter looks that does not say. */
  public static final int DEFAULT_DAYS = 180;

  /** The longest list anywhere in a filter. */
  public static final int MAX_ALTERNATIVES = 1_000;

  private final List<EventProblem> problems = new ArrayList<>();
  private final Instant now;

  private EventFilterReader(Instant now) {
    this.now = now;
  }

  /**
   * Reads a filter; null or absent asks for the default window.
   *
   * @param at where it stands in the body, for the errors
   * @throws InvalidEventException when it is none
   */
  public static EventFilter read(@Nullable JsonNode node, List<Object> at, Instant now) {
    EventFilterReader reader = new EventFilterReader(now);
    JsonNode given = node == null || node.isNull() ? JsonNodeFactory.instance.objectNode() : node;
    EventFilter filter = reader.filter(new Place(given, at));
    if (!reader.problems.isEmpty()) {
      throw new InvalidEventException(reader.problems);
    }
    return filter;
  }

  /** A node and where it stands. */
  private record Place(JsonNode node, List<Object> at) {
    Place child(Object key, JsonNode child) {
      List<Object> deeper = new ArrayList<>(at);
      deeper.add(key);
      return new Place(child, deeper);
    }
  }

  private EventFilter filter(Place place) {
    Map<String, Place> parts =
        parts(
            place,
            Set.of(
                "occurred", "event", "resource", "related", "any_resource", "id", "text", "order"));
    Map<String, Place> window = parts(parts.get("occurred"), Set.of("since", "until"));
    Map<String, Place> resource =
        parts(parts.get("resource"), Set.of("id", "id_prefix", "labels", "distinct"));
    Instant since = moment(window.get("since"), defaultSince());
    Instant until = moment(window.get("until"), now);
    return new EventFilter(
        since,
        until,
        names(parts.get("event")),
        resources(resource),
        distinct(resource.get("distinct")),
        oneOrMore(parts.get("related"), this::related).stream()
            .filter(each -> !each.isAll())
            .toList(),
        oneOrMore(parts.get("any_resource"), this::anyResource).stream()
            .filter(each -> !each.isAll())
            .toList(),
        ids(parts(parts.get("id"), Set.of("id")).get("id")),
        text(parts.get("text")),
        order(parts.get("order")),
        withWindow(place.node(), since, until));
  }

  private Instant defaultSince() {
    return now.atZone(ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.DAYS)
        .minusDays(DEFAULT_DAYS)
        .toInstant();
  }

  private static ObjectNode withWindow(JsonNode given, Instant since, Instant until) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    given.properties().forEach(each -> copy.set(each.getKey(), each.getValue()));
    copy.putObject("occurred").put("since", since.toString()).put("until", until.toString());
    return copy;
  }

  private Names names(@Nullable Place place) {
    if (place == null) {
      return Names.ALL;
    }
    Map<String, Place> parts =
        parts(place, Set.of("prefix", "exclude_prefix", "name", "exclude_name"));
    return new Names(
        texts(parts.get("prefix")),
        texts(parts.get("exclude_prefix")),
        texts(parts.get("name")),
        texts(parts.get("exclude_name")));
  }

  private Resources anyResource(Place place) {
    return resources(parts(place, Set.of("id", "id_prefix", "labels")));
  }

  private Resources resources(Map<String, Place> parts) {
    return new Resources(
        texts(parts.get("id")), texts(parts.get("id_prefix")), labels(parts.get("labels")));
  }

  private Related related(Place place) {
    Map<String, Place> parts = parts(place, Set.of("id", "role", "resources_in_roles", "labels"));
    return new Related(
        texts(parts.get("id")),
        texts(parts.get("role")),
        list(parts.get("resources_in_roles"), this::idInRole),
        labels(parts.get("labels")));
  }

  private @Nullable IdInRole idInRole(Place place) {
    List<String> pair = texts(place);
    if (pair.size() != 2) {
      problem(place, "missing", "Field required");
      return null;
    }
    return new IdInRole(pair.getFirst(), pair.getLast());
  }

  private Labels labels(@Nullable Place place) {
    if (place == null) {
      return Labels.ALL;
    }
    Map<String, List<LabelPattern>> patterns = new LinkedHashMap<>();
    for (Map.Entry<String, Place> label : parts(place, null).entrySet()) {
      JsonNode value = label.getValue().node();
      List<String> texts =
          value.isString() ? List.of(value.stringValue()) : texts(label.getValue());
      patterns.put(label.getKey(), texts.stream().map(LabelPattern::of).toList());
    }
    return new Labels(patterns);
  }

  private List<UUID> ids(@Nullable Place place) {
    return list(
        place,
        each -> {
          UUID id = each.node().isString() ? EventIds.read(each.node().stringValue()) : null;
          if (id == null) {
            problem(each, "uuid_parsing", "Input should be a valid UUID");
          }
          return id;
        });
  }

  private @Nullable TextQuery text(@Nullable Place place) {
    if (place == null) {
      return null;
    }
    Place query = parts(place, Set.of("query")).get("query");
    if (query == null || !query.node().isString()) {
      problem(query == null ? place : query, "missing", "Field required");
      return null;
    }
    String words = query.node().stringValue();
    if (words.codePointCount(0, words.length()) > TextQuery.MAX_LENGTH) {
      problem(
          query,
          "string_too_long",
          "String should have at most " + TextQuery.MAX_LENGTH + " characters");
    }
    return words.isBlank() ? null : TextQuery.of(words);
  }

  private Order order(@Nullable Place place) {
    if (place == null) {
      return Order.DESC;
    }
    return switch (place.node().asString("")) {
      case "ASC" -> Order.ASC;
      case "DESC" -> Order.DESC;
      default -> {
        problem(place, "enum", "Input should be 'ASC' or 'DESC'");
        yield Order.DESC;
      }
    };
  }

  private boolean distinct(@Nullable Place place) {
    if (place != null && !place.node().isBoolean()) {
      problem(place, "bool_type", "Input should be a valid boolean");
    }
    return place != null && place.node().asBoolean(false);
  }

  private Instant moment(@Nullable Place place, Instant otherwise) {
    if (place == null) {
      return otherwise;
    }
    Optional<Instant> moment = InstantText.read(place.node());
    if (moment.isEmpty()) {
      problem(place, "datetime_parsing", "Input should be a valid datetime");
    }
    return moment.orElse(otherwise);
  }

  private List<String> texts(@Nullable Place place) {
    return list(
        place,
        each -> {
          if (!each.node().isString()) {
            problem(each, "string_type", "Input should be a valid string");
            return null;
          }
          return each.node().stringValue();
        });
  }

  private <T> List<T> oneOrMore(@Nullable Place place, Function<Place, T> reader) {
    if (place == null || place.node().isArray()) {
      return list(place, reader);
    }
    return List.of(reader.apply(place));
  }

  private <T> List<T> list(@Nullable Place place, Function<Place, ? extends @Nullable T> reader) {
    if (place == null) {
      return List.of();
    }
    if (!place.node().isArray() || place.node().size() > MAX_ALTERNATIVES) {
      problem(place, "list_type", "Input should be a valid list");
      return List.of();
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < place.node().size(); i++) {
      T value = reader.apply(place.child(i, place.node().get(i)));
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** The members that are there and not null; any key may appear when none are named. */
  private Map<String, Place> parts(@Nullable Place place, @Nullable Set<String> allowed) {
    if (place == null) {
      return Map.of();
    }
    if (!place.node().isObject()) {
      problem(place, "model_attributes_type", "Input should be a valid dictionary");
      return Map.of();
    }
    Map<String, Place> parts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : place.node().properties()) {
      Place child = place.child(member.getKey(), member.getValue());
      if (allowed != null && !allowed.contains(member.getKey())) {
        problem(child, "extra_forbidden", "Extra inputs are not permitted");
      } else if (!member.getValue().isNull()) {
        parts.put(member.getKey(), child);
      }
    }
    return parts;
  }

  private void problem(Place place, String type, String msg) {
    problems.add(new EventProblem(place.at(), type, msg, place.node()));
  }
}
