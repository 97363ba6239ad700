package io.annals.command.deployment;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * Whether two values mean the same: the order of keys does not matter, and a number is the same
 * whether it was just sent or read back from the log.
 */
final class SameJson {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private SameJson() {}

  static boolean same(@Nullable Object one, @Nullable Object other) {
    return tree(one).equals(BY_VALUE, tree(other));
  }

  /** A value as JSON. */
  static JsonNode tree(@Nullable Object value) {
    if (value == null) {
      return NullNode.getInstance();
    }
    return value instanceof JsonNode json ? json : JSON.valueToTree(value);
  }
}
