package io.annals.app.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.annals.command.flowrun.ValidateRunInput;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** JSON Schema, draft 2020-12. References to other documents are never fetched. */
public final class JsonSchemas implements ValidateRunInput {
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));

  @Override
  public Fit judge(JsonNode schema, JsonNode input) {
    try {
      Schema compiled = registry.getSchema(schema);
      List<Error> errors = compiled.validate(input);
      return errors.isEmpty() ? new Fit.Fits() : new Fit.Differs(text(errors.getFirst()));
    } catch (StackOverflowError endless) {
      return new Fit.EndlessSchema();
    }
  }

  /** The first error in the form that Prefect gives the one it names. */
  private static String text(Error error) {
    String field =
        error.getInstanceLocation().toString().replace("/", ".").replaceFirst("^\\.", "");
    return field.isEmpty()
        ? "Validation failed. Failure reason: " + error.getMessage()
        : "Validation failed for field '%s'. Failure reason: %s"
            .formatted(field, error.getMessage());
  }
}
