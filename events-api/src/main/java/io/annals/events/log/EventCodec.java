package io.annals.events.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Events as stored text and back. Knows every event type by the name it is stored under, and lifts
 * old revisions to the newest one.
 */
public final class EventCodec {
  /** The mapper of stored text: snake case, absent values left out, exact instants. */
  public static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .addModule(
              new SimpleModule("annals-log").addSerializer(Instant.class, new InstantSerializer()))
          .build();

  private final Map<String, Stored> byName = new TreeMap<>();
  private final Map<Class<?>, Stored> byClass = new HashMap<>();
  private final Map<String, Upcaster> upcasters = new HashMap<>();

  /** The name, newest revision and class of one event type. */
  public record Stored(String name, int revision, Class<? extends DomainEvent> type) {}

  /**
   * Knows the events of the given features.
   *
   * @param features the sealed interfaces whose records are stored
   * @throws IllegalArgumentException for a record without a stored name, or a name used twice
   */
  public EventCodec(
      Collection<Class<? extends DomainEvent>> features, Collection<? extends Upcaster> upcasters) {
    for (Class<? extends DomainEvent> feature : features) {
      for (Class<?> type : feature.getPermittedSubclasses()) {
        register(type.asSubclass(DomainEvent.class));
      }
    }
    for (Upcaster upcaster : upcasters) {
      this.upcasters.put(key(upcaster.type(), upcaster.fromRevision()), upcaster);
    }
  }

  private void register(Class<? extends DomainEvent> type) {
    StoredAs name = type.getAnnotation(StoredAs.class);
    if (name == null) {
      throw new IllegalArgumentException(type.getName() + " has no @StoredAs name");
    }
    Stored stored = new Stored(name.value(), name.revision(), type);
    byClass.put(type, stored);
    if (byName.put(stored.name(), stored) != null) {
      throw new IllegalArgumentException("Two events are stored as " + stored.name());
    }
  }

  /** Every event type, by stored name. */
  public List<Stored> types() {
    return Collections.unmodifiableList(new ArrayList<>(byName.values()));
  }

  /** How the given event is stored. */
  public Stored typeOf(DomainEvent event) {
    Stored stored = byClass.get(event.getClass());
    if (stored == null) {
      throw new IllegalArgumentException(event.getClass().getName() + " is not a known event");
    }
    return stored;
  }

  /** The stored text of an event, an origin or a face's parts. */
  public String write(Object value) {
    return JSON.writeValueAsString(value);
  }

  /**
   * Reads a stored event, whatever revision it was written in.
   *
   * @throws IllegalArgumentException when the name is unknown, or the revision is newer than this
   *     server or has no upcaster
   */
  public DomainEvent read(String name, int revision, String text) {
    Stored stored = byName.get(name);
    if (stored == null) {
      throw new IllegalArgumentException("No event is stored as " + name);
    }
    if (revision == stored.revision()) {
      return JSON.readValue(text, stored.type());
    }
    JsonNode current = JSON.readTree(text);
    for (int from = revision; from != stored.revision(); from++) {
      Upcaster upcaster = upcasters.get(key(name, from));
      if (upcaster == null || !(current instanceof ObjectNode payload)) {
        throw new IllegalArgumentException(
            "Cannot lift %s from revision %d to %d".formatted(name, from, stored.revision()));
      }
      current = upcaster.upcast(payload);
    }
    return JSON.treeToValue(current, stored.type());
  }

  /** Reads back an origin. */
  public Origin readOrigin(@Nullable String text) {
    return text == null || "{}".equals(text) ? Origin.NONE : JSON.readValue(text, Origin.class);
  }

  private static final class InstantSerializer extends StdSerializer<Instant> {
    InstantSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
      json.writeString(IsoInstant.exact(value));
    }
  }

  private static String key(String name, int revision) {
    return name + "/" + revision;
  }
}
