package io.annals.query.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of a query: fixed fragments of SQL and the values bound to them, joined by AND or OR.
 * Nothing that a client sends ever becomes SQL. What belongs together where conditions are
 * alternatives is gathered in a set of its own and added as one.
 */
public final class Where {
  private final String joint;
  private final List<String> fragments = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private Where(String joint) {
    this.joint = joint;
  }

  /** All conditions must hold. */
  public static Where all() {
    return new Where(" AND ");
  }

  /** As a filter object's operator says. */
  public static Where joinedBy(FilterOperator operator) {
    return new Where(operator == FilterOperator.OR ? " OR " : " AND ");
  }

  /** Adds a condition with its values. */
  public Where and(String fragment, Object... bound) {
    fragments.add(fragment);
    values.addAll(List.of(bound));
    return this;
  }

  /**
   * Adds another set of conditions as one, if there is one; an empty set is TRUE, as in Prefect.
   */
  public Where and(@Nullable Where other) {
    return other == null ? this : within("%s", other);
  }

  /**
   * Adds another set of conditions, in brackets, inside a fragment such as {@code EXISTS (… AND
   * %s)}; an empty set is TRUE there.
   */
  public Where within(String fragment, Where other) {
    fragments.add(fragment.formatted("(" + other.sql() + ")"));
    values.addAll(other.values);
    return this;
  }

  /** The value is one of the list; an empty list matches nothing. */
  public Where anyId(String column, @Nullable Collection<UUID> ids) {
    return ids == null ? this : and(column + " = ANY (?)", new Ids(List.copyOf(ids)));
  }

  /** The value is none of the list; an empty list adds no condition. */
  public Where notAnyId(String column, @Nullable Collection<UUID> ids) {
    return ids == null || ids.isEmpty()
        ? this
        : and(column + " <> ALL (?)", new Ids(List.copyOf(ids)));
  }

  /** The value is one of the list; an empty list matches nothing. */
  public Where anyText(String column, @Nullable Collection<String> texts) {
    return texts == null ? this : and(column + " = ANY (?)", new Texts(List.copyOf(texts)));
  }

  /** The value is none of the list; an empty list adds no condition. */
  public Where notAnyText(String column, @Nullable Collection<String> texts) {
    return texts == null || texts.isEmpty()
        ? this
        : and(column + " <> ALL (?)", new Texts(List.copyOf(texts)));
  }

  /** Case-insensitive substring; {@code %} and {@code _} act as wildcards, as in Prefect. */
  public Where like(String column, @Nullable String text) {
    return text == null || text.isEmpty() ? this : and(column + " ILIKE ?", "%" + text + "%");
  }

  /** Null, or not null. */
  public Where isNull(String column, @Nullable Boolean wanted) {
    return wanted == null ? this : and(column + (wanted ? " IS NULL" : " IS NOT NULL"));
  }

  /** Inclusive bounds in time. */
  public Where between(String column, @Nullable Instant after, @Nullable Instant before) {
    if (before != null) {
      and(column + " <= ?", before);
    }
    if (after != null) {
      and(column + " >= ?", after);
    }
    return this;
  }

  /** An array holds all of the texts; an empty list adds no condition. */
  public Where holdsAll(String column, @Nullable Collection<String> texts) {
    return texts == null || texts.isEmpty()
        ? this
        : and(column + " @> ?", new Texts(List.copyOf(texts)));
  }

  /** An array holds any of the texts; an empty list matches nothing. */
  public Where holdsAny(String column, @Nullable Collection<String> texts) {
    return texts == null ? this : and(column + " && ?", new Texts(List.copyOf(texts)));
  }

  /** An array is empty, or not. */
  public Where isEmptyArray(String column, @Nullable Boolean wanted) {
    return wanted == null ? this : and(column + (wanted ? " = '{}'" : " <> '{}'"));
  }

  /** The conditions as SQL; TRUE when there are none. */
  public String sql() {
    return fragments.isEmpty() ? "TRUE" : String.join(joint, fragments);
  }

  /** Binds the values from the given parameter on; answers the next one. */
  public int bind(PreparedStatement statement, int first) throws SQLException {
    int index = first;
    for (Object value : values) {
      bind(statement, index++, value);
    }
    return index;
  }

  private record Ids(List<UUID> ids) {}

  private record Texts(List<String> texts) {}

  private static void bind(PreparedStatement statement, int index, Object value)
      throws SQLException {
    Connection connection = statement.getConnection();
    switch (value) {
      case Ids(List<UUID> ids) ->
          statement.setArray(index, connection.createArrayOf("uuid", ids.toArray()));
      case Texts(List<String> texts) ->
          statement.setArray(index, connection.createArrayOf("text", texts.toArray()));
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      default -> statement.setObject(index, value);
    }
  }
}
