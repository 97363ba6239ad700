package io.annals.query.request;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks that know what the server was told, each in place of one that {@link CheckedBy} names and
 * that knows only the defaults.
 */
public final class ConfiguredChecks {
  /** Every check is as its annotation names it. */
  public static final ConfiguredChecks NONE = new ConfiguredChecks(List.of());

  private final Map<Class<?>, ValueCheck<?>> byType;

  /** Each stands in for the checks of its own class. */
  public ConfiguredChecks(List<ValueCheck<?>> checks) {
    this.byType = checks.stream().collect(Collectors.toMap(Object::getClass, Function.identity()));
  }

  @SuppressWarnings("unchecked") // of the same class, so for values of the same type
  ValueCheck<Object> inPlaceOf(ValueCheck<Object> check) {
    return (ValueCheck<Object>) byType.getOrDefault(check.getClass(), check);
  }
}
