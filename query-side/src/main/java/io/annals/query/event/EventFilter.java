package io.annals.query.event;

import io.annals.events.log.Face;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which events are wanted. Every part must hold; inside a part the members of a list are
 * alternatives, and an empty list asks for nothing.
 *
 * @param since inclusive
 * @param until inclusive
 * @param json the filter as it can be read again: as given, with the window filled in
 */
public record EventFilter(
    Instant since,
    Instant until,
    Names names,
    Resources resource,
    boolean distinct,
    List<Related> related,
    List<Resources> anyResource,
    List<UUID> ids,
    @Nullable TextQuery text,
    Order order,
    ObjectNode json) {
  /** By the time of the events. */
  public enum Order {
    ASC,
    DESC
  }

  /** Names of events, exact or by their beginning. */
  public record Names(
      List<String> prefix,
      List<String> excludePrefix,
      List<String> name,
      List<String> excludeName) {
    static final Names ALL = new Names(List.of(), List.of(), List.of(), List.of());

    boolean match(String event) {
      return (prefix.isEmpty() || prefix.stream().anyMatch(event::startsWith))
          && excludePrefix.stream().noneMatch(event::startsWith)
          && (name.isEmpty() || name.contains(event))
          && !excludeName.contains(event);
    }
  }

  /** Labels of one resource: each must have one of its values. */
  public record Labels(Map<String, List<LabelPattern>> patterns) {
    static final Labels ALL = new Labels(Map.of());

    boolean match(Map<String, String> resource) {
      for (Map.Entry<String, List<LabelPattern>> label : patterns.entrySet()) {
        String value = resource.get(label.getKey());
        if (value == null || label.getValue().stream().noneMatch(each -> each.matches(value))) {
          return false;
        }
      }
      return true;
    }
  }

  /** One resource, the primary one or any. */
  public record Resources(List<String> id, List<String> idPrefix, Labels labels) {
    static final Resources ALL = new Resources(List.of(), List.of(), Labels.ALL);

    boolean isAll() {
      return id.isEmpty() && idPrefix.isEmpty() && labels.patterns().isEmpty();
    }

    boolean match(Map<String, String> resource) {
      String value = resource.getOrDefault(Face.RESOURCE_ID, "");
      return (id.isEmpty() || id.contains(value))
          && (idPrefix.isEmpty() || idPrefix.stream().anyMatch(value::startsWith))
          && labels.match(resource);
    }
  }

  /** A related resource. */
  public record Related(
      List<String> id, List<String> role, List<IdInRole> resourcesInRoles, Labels labels) {
    boolean isAll() {
      return id.isEmpty()
          && role.isEmpty()
          && resourcesInRoles.isEmpty()
          && labels.patterns().isEmpty();
    }

    /** Whether it says nothing but who it may be. */
    boolean isOnlyIds() {
      return !id.isEmpty()
          && role.isEmpty()
          && resourcesInRoles.isEmpty()
          && labels.patterns().isEmpty();
    }

    boolean match(Map<String, String> resource) {
      String value = resource.getOrDefault(Face.RESOURCE_ID, "");
      String part = resource.getOrDefault(Face.RESOURCE_ROLE, "");
      return (id.isEmpty() || id.contains(value))
          && (role.isEmpty() || role.contains(part))
          && (resourcesInRoles.isEmpty() || resourcesInRoles.contains(new IdInRole(value, part)))
          && labels.match(resource);
    }
  }

  /** A resource in a certain role. */
  public record IdInRole(String id, String role) {}

  /** Whether a live event is wanted; distinct and order are for stored events only. */
  public boolean matches(Face face) {
    return !face.occurred().isBefore(since)
        && !face.occurred().isAfter(until)
        && names.match(face.event())
        && (ids.isEmpty() || ids.contains(face.id()))
        && resource.match(face.resource())
        && related.stream().allMatch(each -> matchesRelated(each, face))
        && anyResource.stream().allMatch(each -> matchesAny(each, face))
        && (text == null || text.matches(searchable(face)));
  }

  /** The same filter with the window and order that a live stream begins with. */
  public EventFilter streamedFrom(Instant earliest) {
    return new EventFilter(
        since.isBefore(earliest) ? earliest : since,
        until,
        names,
        resource,
        distinct,
        related,
        anyResource,
        ids,
        text,
        Order.ASC,
        json);
  }

  private static boolean matchesRelated(Related wanted, Face face) {
    return wanted.isAll() || face.related().stream().anyMatch(wanted::match);
  }

  private static boolean matchesAny(Resources wanted, Face face) {
    return wanted.match(face.resource()) || face.related().stream().anyMatch(wanted::match);
  }

  private static String searchable(Face face) {
    StringBuilder text = new StringBuilder(face.event());
    append(text, face.resource().values());
    face.related().forEach(labels -> append(text, labels.values()));
    return text.append(' ').append(face.payload()).toString();
  }

  private static void append(StringBuilder text, Collection<String> values) {
    values.forEach(value -> text.append(' ').append(value));
  }
}
