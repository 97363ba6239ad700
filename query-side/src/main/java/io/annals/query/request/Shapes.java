package io.annals.query.request;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the shape of a Java type, once. */
final class Shapes {
  private static final Map<Class<?>, RecordShape> RECORDS = new ConcurrentHashMap<>();

  /** Shapes whose parts are still being found: for the one thread that does so, and nobody else. */
  private static final Map<Class<?>, RecordShape> UNDER_WAY = new HashMap<>();

  private static final Map<Class<?>, Shape> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, Scalars.TEXT),
          Map.entry(int.class, Scalars.INTEGER),
          Map.entry(Integer.class, Scalars.INTEGER),
          Map.entry(long.class, Scalars.LONG),
          Map.entry(Long.class, Scalars.LONG),
          Map.entry(double.class, Scalars.NUMBER),
          Map.entry(Double.class, Scalars.NUMBER),
          Map.entry(boolean.class, Scalars.BOOLEAN),
          Map.entry(Boolean.class, Scalars.BOOLEAN),
          Map.entry(UUID.class, Scalars.UUID_TEXT),
          Map.entry(Instant.class, Scalars.INSTANT),
          Map.entry(OffsetDateTime.class, Scalars.OFFSET_DATE_TIME),
          Map.entry(Duration.class, Scalars.DURATION),
          Map.entry(JsonNode.class, Scalars.ANYTHING),
          Map.entry(ObjectNode.class, Scalars.OBJECT));

  private Shapes() {}

  static RecordShape ofRecord(Class<?> type) {
    RecordShape known = RECORDS.get(type);
    if (known != null) {
      return known;
    }
    synchronized (UNDER_WAY) {
      RecordShape sameAgain = RECORDS.getOrDefault(type, UNDER_WAY.get(type));
      return sameAgain != null ? sameAgain : resolved(type);
    }
  }

  /** Records may contain each other, so all that are found together are published together. */
  private static RecordShape resolved(Class<?> type) {
    boolean outermost = UNDER_WAY.isEmpty();
    RecordShape shape = new RecordShape(type);
    UNDER_WAY.put(type, shape);
    try {
      shape.resolve();
      if (outermost) {
        RECORDS.putAll(UNDER_WAY);
      }
    } finally {
      if (outermost) {
        UNDER_WAY.clear();
      }
    }
    return shape;
  }

  static Shape of(AnnotatedType annotated) {
    Shape shape = plain(annotated);
    return annotated.isAnnotationPresent(Nullable.class)
        ? new Containers.NullableShape(shape)
        : shape;
  }

  private static Shape plain(AnnotatedType annotated) {
    Type type = annotated.getType();
    if (annotated instanceof AnnotatedParameterizedType parameterized
        && type instanceof ParameterizedType generic) {
      AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
      Type raw = generic.getRawType();
      Shape last = of(arguments[arguments.length - 1]);
      if (raw == List.class || raw == Set.class) {
        return new Containers.ListShape(last, raw == Set.class);
      }
      if (raw == Map.class) {
        return new Containers.MapShape(last);
      }
      if (raw == Patch.class) {
        return new Containers.PatchShape(last);
      }
    }
    if (type instanceof Class<?> plain) {
      return of(plain);
    }
    throw new IllegalArgumentException("No JSON shape for " + type);
  }

  static Shape of(Class<?> type) {
    Shape scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar;
    }
    if (type.isEnum()) {
      return Scalars.oneOf(type);
    }
    if (type.isRecord()) {
      return ofRecord(type);
    }
    OneOf union = type.getAnnotation(OneOf.class);
    if (union != null) {
      return UnionShape.of(union);
    }
    throw new IllegalArgumentException("No JSON shape for " + type);
  }
}
