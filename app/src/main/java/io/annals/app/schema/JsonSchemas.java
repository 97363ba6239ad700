package io.annals.app.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InvalidSchemaRefException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.annals.command.schema.FindSchemaFlaw;
import io.annals.command.schema.JudgeJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * JSON Schema, draft 2020-12, in the words of the library that Prefect's server uses. References to
 * other documents are never fetched.
 */
public final class JsonSchemas implements JudgeJson, FindSchemaFlaw {
  private static final SchemaLocation META_SCHEMA =
      SchemaLocation.of("https://json-schema.org/draft/2020-12/schema");

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));

  @Override
  public Fit judge(JsonNode schema, JsonNode value) {
    try {
      Schema compiled = registry.getSchema(schema);
      List<Error> errors = compiled.validate(value);
      return errors.isEmpty() ? new Fit.Fits() : differs(schema, value, errors);
    } catch (StackOverflowError endless) {
      return new Fit.EndlessSchema();
    } catch (InvalidSchemaRefException dangling) {
      return new Fit.Differs(null, "Unresolvable: " + dangling.getMessage());
    } catch (SchemaException unusable) {
      return new Fit.Differs(null, String.valueOf(unusable.getMessage()));
    }
  }

  private static Fit differs(JsonNode schema, JsonNode value, List<Error> errors) {
    SchemaError error = SchemaError.mostTelling(SchemaErrorTree.of(schema, value, errors));
    return new Fit.Differs(error.field(), error.message());
  }

  @Override
  public Optional<String> of(JsonNode schema) {
    List<Error> errors =
        registry.getSchema(META_SCHEMA).validate(schema, JsonSchemas::assertFormats);
    return errors.isEmpty() ? Optional.empty() : Optional.of(SchemaErrorTree.flaw(schema, errors));
  }

  /** Python's library takes formats for rules where it is told how to check them. */
  static void assertFormats(ExecutionContext context) {
    context.executionConfig(config -> config.formatAssertionsEnabled(true));
  }
}
