package io.annals.app.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.annals.command.schema.FindSchemaFlaw;
import io.annals.command.schema.JudgeJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** JSON Schema, draft 2020-12. References to other documents are never fetched. */
public final class JsonSchemas implements JudgeJson, FindSchemaFlaw {
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));

  @Override
  public Fit judge(JsonNode schema, JsonNode value) {
    try {
      Schema compiled = registry.getSchema(schema);
      List<Error> errors = compiled.validate(value);
      return errors.isEmpty() ? new Fit.Fits() : differs(errors.getFirst());
    } catch (StackOverflowError endless) {
      return new Fit.EndlessSchema();
    }
  }

  @Override
  public Optional<String> of(JsonNode schema) {
    return Optional.empty();
  }

  private static Fit differs(Error error) {
    String field =
        error.getInstanceLocation().toString().replace("/", ".").replaceFirst("^\\.", "");
    return new Fit.Differs(field.isEmpty() ? null : field, error.getMessage());
  }
}
