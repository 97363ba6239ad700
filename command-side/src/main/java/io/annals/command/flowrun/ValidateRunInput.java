package io.annals.command.flowrun;

import tools.jackson.databind.JsonNode;

/** Tells whether the input that a paused run is resumed with has the form that it asked for. */
@FunctionalInterface
public interface ValidateRunInput {
  /** Judges an input by a JSON schema. A pure function. */
  Fit judge(JsonNode schema, JsonNode input);

  /** Whether an input fits a schema. */
  sealed interface Fit {
    /** It does. */
    record Fits() implements Fit {}

    /**
     * It does not.
     *
     * @param text what is wrong, such as {@code Validation failed for field 'x'. Failure reason:
     *     'a' is not of type 'integer'}
     */
    record Differs(String text) implements Fit {}

    /** Nobody can tell: the schema refers to itself without end. */
    record EndlessSchema() implements Fit {}
  }
}
