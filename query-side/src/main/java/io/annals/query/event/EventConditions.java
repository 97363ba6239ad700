package io.annals.query.event;

import io.annals.events.log.Face;
import io.annals.query.event.EventFilter.IdInRole;
import io.annals.query.event.EventFilter.Labels;
import io.annals.query.event.EventFilter.Names;
import io.annals.query.event.EventFilter.Related;
import io.annals.query.event.EventFilter.Resources;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A filter as conditions over the log: fixed fragments and bound values. Where a resource's id is
 * known the index over all resource ids is asked first, the JSON only afterwards.
 */
final class EventConditions {
  private static final String WINDOW = "face_name IS NOT NULL AND occurred >= ? AND occurred <= ?";

  /** Every resource of an event with its role; the primary one has none. */
  private static final String EVERY_RESOURCE =
      """
      EXISTS (SELECT 1 FROM (
          SELECT face->'resource' AS labels, '' AS role
          UNION ALL
          SELECT one, one->>'prefect.resource.role'
          FROM json_array_elements(face->'related') AS one) AS resources
        WHERE true""";

  private static final String SEARCHED =
      "lower(concat(face_name, ' ', face->>'resource', ' ', face->>'related', ' ',"
          + " face->>'payload'))";

  private final StringBuilder sql = new StringBuilder(WINDOW);
  private final List<Object> values = new ArrayList<>();

  private EventConditions() {}

  /** The conditions of a filter; distinct and order are the query's business. */
  static EventConditions of(EventFilter filter) {
    EventConditions conditions = new EventConditions();
    conditions.values.add(filter.since());
    conditions.values.add(filter.until());
    conditions.names(filter.names());
    conditions.primary(filter.resource());
    filter.related().forEach(conditions::related);
    filter.anyResource().forEach(conditions::anyResource);
    if (!filter.ids().isEmpty()) {
      conditions.and("event_id = ANY(?)", filter.ids().toArray(UUID[]::new));
    }
    if (filter.text() != null) {
      conditions.text(filter.text());
    }
    return conditions;
  }

  /** What follows WHERE. */
  String sql() {
    return sql.toString();
  }

  /** Binds the values from the given parameter on; returns the next one. */
  int bind(PreparedStatement statement, int first) throws SQLException {
    int index = first;
    for (Object value : values) {
      switch (value) {
        case Instant moment -> statement.setObject(index, moment.atOffset(ZoneOffset.UTC));
        case String[] texts -> statement.setArray(index, array(statement, "text", texts));
        case UUID[] ids -> statement.setArray(index, array(statement, "uuid", ids));
        default -> statement.setObject(index, value);
      }
      index++;
    }
    return index;
  }

  private static java.sql.Array array(PreparedStatement statement, String type, Object[] values)
      throws SQLException {
    Connection connection = statement.getConnection();
    return connection.createArrayOf(type, values);
  }

  private void and(String fragment, Object... bound) {
    sql.append("\n AND ").append(fragment);
    values.addAll(List.of(bound));
  }

  private void and(String fragment, UUID[] bound) {
    sql.append("\n AND ").append(fragment);
    values.add(bound);
  }

  private void and(String fragment, String[] bound) {
    sql.append("\n AND ").append(fragment);
    values.add(bound);
  }

  private void names(Names names) {
    if (!names.prefix().isEmpty()) {
      anyOf("starts_with(face_name COLLATE \"C\", ?)", names.prefix());
    }
    for (String prefix : names.excludePrefix()) {
      and("NOT starts_with(face_name, ?)", (Object) prefix);
    }
    if (!names.name().isEmpty()) {
      and("face_name COLLATE \"C\" = ANY(?)", texts(names.name()));
    }
    if (!names.excludeName().isEmpty()) {
      and("face_name <> ALL(?)", texts(names.excludeName()));
    }
  }

  private void primary(Resources wanted) {
    if (!wanted.id().isEmpty()) {
      and("face_resource_ids && ?", texts(wanted.id()));
      and("face_resource_id = ANY(?)", texts(wanted.id()));
    }
    if (!wanted.idPrefix().isEmpty()) {
      anyOf("starts_with(face_resource_id, ?)", wanted.idPrefix());
    }
    narrow(wanted.labels());
    labels("face->'resource'", wanted.labels());
  }

  private void related(Related wanted) {
    if (!wanted.id().isEmpty()) {
      and("face_resource_ids && ?", texts(wanted.id()));
    }
    if (!wanted.resourcesInRoles().isEmpty()) {
      and(
          "face_resource_ids && ?",
          wanted.resourcesInRoles().stream().map(IdInRole::id).toArray(String[]::new));
    }
    narrow(wanted.labels());
    boolean onlyIds = wanted.isOnlyIds();
    if (onlyIds) {
      // It is one of the event's resources: unless it is the primary one, the document need not be
      // taken apart, which for many events is most of the work.
      and("(face_resource_id <> ALL(?) OR " + EVERY_RESOURCE, texts(wanted.id()));
    } else {
      and(EVERY_RESOURCE);
    }
    if (!wanted.id().isEmpty()) {
      and("labels->>'prefect.resource.id' = ANY(?)", texts(wanted.id()));
    }
    if (wanted.role().isEmpty()) {
      and("role <> ''");
    } else {
      and("role = ANY(?)", texts(wanted.role()));
    }
    inRoles(wanted.resourcesInRoles());
    labels("labels", wanted.labels());
    sql.append(onlyIds ? "))" : ")");
  }

  private void inRoles(List<IdInRole> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    and("(labels->>'prefect.resource.id', role) IN (SELECT * FROM unnest(?, ?))");
    values.add(pairs.stream().map(IdInRole::id).toArray(String[]::new));
    values.add(pairs.stream().map(IdInRole::role).toArray(String[]::new));
  }

  private void anyResource(Resources wanted) {
    if (!wanted.id().isEmpty()) {
      and("face_resource_ids && ?", texts(wanted.id()));
    }
    boolean onlyIds = wanted.idPrefix().isEmpty() && wanted.labels().patterns().isEmpty();
    if (onlyIds) {
      return;
    }
    narrow(wanted.labels());
    and(EVERY_RESOURCE);
    if (!wanted.id().isEmpty()) {
      and("labels->>'prefect.resource.id' = ANY(?)", texts(wanted.id()));
    }
    if (!wanted.idPrefix().isEmpty()) {
      anyOf("starts_with(labels->>'prefect.resource.id', ?)", wanted.idPrefix());
    }
    labels("labels", wanted.labels());
    sql.append(')');
  }

  /** An exact resource id among the labels can use the index too. */
  private void narrow(Labels labels) {
    List<LabelPattern> ids = labels.patterns().get(Face.RESOURCE_ID);
    if (ids != null && !ids.isEmpty() && ids.stream().allMatch(LabelPattern::isExact)) {
      and("face_resource_ids && ?", ids.stream().map(LabelPattern::glob).toArray(String[]::new));
    }
  }

  private void labels(String column, Labels labels) {
    for (Map.Entry<String, List<LabelPattern>> label : labels.patterns().entrySet()) {
      List<String> alternatives = new ArrayList<>();
      List<Object> bound = new ArrayList<>();
      for (LabelPattern pattern : label.getValue()) {
        alternatives.add(pattern.negated() ? column + "->>? NOT LIKE ?" : column + "->>? LIKE ?");
        bound.add(label.getKey());
        bound.add(pattern.like());
      }
      and(alternatives.isEmpty() ? "false" : "(" + String.join(" OR ", alternatives) + ")");
      values.addAll(bound);
    }
  }

  private void text(TextQuery query) {
    if (!query.include().isEmpty()) {
      anyOf("strpos(" + SEARCHED + ", ?) > 0", query.include());
    }
    for (String term : query.required()) {
      and("strpos(" + SEARCHED + ", ?) > 0", (Object) term);
    }
    for (String term : query.exclude()) {
      and("strpos(" + SEARCHED + ", ?) = 0", (Object) term);
    }
  }

  private void anyOf(String fragment, Collection<String> each) {
    and("(" + String.join(" OR ", each.stream().map(one -> fragment).toList()) + ")");
    values.addAll(each);
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }
}
