package io.annals.command.schedule;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a cron expression, in the order in which they are written. */
enum CronField {
  MINUTE(0, 59, ""),
  HOUR(0, 23, ""),
  DAY(1, 31, ""),
  MONTH(1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
  WEEKDAY(0, 6, "sun mon tue wed thu fri sat"),
  SECOND(0, 59, ""),
  YEAR(1970, 2099, "");

  private final int first;
  private final int last;
  private final String names;

  CronField(int first, int last, String names) {
    this.first = first;
    this.last = last;
    this.names = names;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  int size() {
    return last - first + 1;
  }

  /** The number that a name such as {@code mon} stands for. */
  Optional<Integer> named(String name) {
    int index = List.of(names.split(" ", -1)).indexOf(name);
    return index < 0 || name.isEmpty() ? Optional.empty() : Optional.of(first + index);
  }

  /** Sunday is also written 7, but only where there are five fields; see croniter's value_alias. */
  int withoutAlias(int value, int fields) {
    Map<CronField, Integer> aliases =
        fields == 5 ? Map.of(WEEKDAY, 7) : fields == 6 ? Map.of(DAY, 0) : Map.of();
    Integer alias = aliases.get(this);
    return alias != null && alias == value ? first : value;
  }
}
