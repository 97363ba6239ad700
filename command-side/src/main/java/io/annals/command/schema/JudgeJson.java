package io.annals.command.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells whether JSON has the form that a JSON Schema of draft 2020-12 asks for. */
@FunctionalInterface
public interface JudgeJson {
  /** Judges a value by a schema. A pure function. */
  Fit judge(JsonNode schema, JsonNode value);

  /** Whether a value fits a schema. */
  sealed interface Fit {
    /** It does. */
    record Fits() implements Fit {}

    /**
     * It does not.
     *
     * @param field where, such as {@code a.b[0]}; null for the value as a whole
     * @param reason what is wrong there, such as {@code 'a' is not of type 'integer'}
     */
    record Differs(@Nullable String field, String reason) implements Fit {
      /** Both in the words of Prefect's server. */
      public String text() {
        return field == null
            ? "Validation failed. Failure reason: " + reason
            : "Validation failed for field %s. Failure reason: %s"
                .formatted(PythonText.quoted(field), reason);
      }
    }

    /** Nobody can tell: the schema refers to itself without end. */
    record EndlessSchema() implements Fit {
      /** What Prefect's server says of such a schema. */
      public static final String TEXT =
          "Invalid schema: Unable to validate schema with circular references.";
    }
  }
}
