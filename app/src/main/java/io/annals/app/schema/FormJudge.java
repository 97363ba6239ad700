package io.annals.app.schema;

import com.networknt.schema.Error;
import com.networknt.schema.InvalidSchemaRefException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.parameter.HydratedForm;
import io.annals.command.parameter.Hydration;
import io.annals.command.schema.FindSchemaFlaw;
import io.annals.command.schema.LenientSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges the values of a form by its schema, and tells all that does not fit, where it does not.
 */
public final class FormJudge {
  private static final String ENDLESS =
      "Invalid schema: Unable to validate schema with circular references.";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
  private final Hydration hydration;
  private final FindSchemaFlaw findSchemaFlaw;

  /** Judges values that may stand for others. */
  public FormJudge(Hydration hydration, FindSchemaFlaw findSchemaFlaw) {
    this.hydration = hydration;
    this.findSchemaFlaw = findSchemaFlaw;
  }

  /**
   * What Prefect answers: {@code errors}, nested as the values are, and {@code valid}.
   *
   * @throws io.annals.command.decision.RefusedException when the schema is none
   */
  public ObjectNode judge(ObjectNode given, ObjectNode values) {
    JsonNode schema = LenientSchema.of(given, false);
    checkSchema(schema);
    HydratedForm form = hydration.form(values);
    List<Misfit> misfits = new ArrayList<>();
    for (SchemaError error :
        SchemaErrorTree.of(schema, form.value(), errors(schema, form.value()))) {
      Misfit misfit = error.misfit();
      if (!form.open().contains(misfit.path())) {
        misfits.add(misfit);
      }
    }
    for (HydratedForm.Problem problem : form.problems()) {
      misfits.add(new Misfit(problem.path(), problem.message()));
    }
    return answer(misfits);
  }

  private void checkSchema(JsonNode schema) {
    findSchemaFlaw
        .of(schema)
        .ifPresent(
            flaw -> {
              throw refused("Invalid schema: " + flaw);
            });
  }

  private List<Error> errors(JsonNode schema, JsonNode value) {
    try {
      Schema compiled = registry.getSchema(schema);
      return compiled.validate(value, JsonSchemas::assertFormats);
    } catch (StackOverflowError endless) {
      throw refused(ENDLESS);
    } catch (InvalidSchemaRefException dangling) {
      throw refused(
          "Invalid schema: Validation failed. Failure reason: Unresolvable: "
              + dangling.getMessage());
    } catch (SchemaException broken) {
      throw refused("Invalid schema: Validation failed. Failure reason: " + broken.getMessage());
    }
  }

  private static RuntimeException refused(String text) {
    return new Refusal(Kind.UNPROCESSABLE, text).asException();
  }

  private static ObjectNode answer(List<Misfit> misfits) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode errors = answer.putArray("errors");
    for (Misfit misfit : misfits) {
      place(errors, misfit);
    }
    return answer.put("valid", errors.isEmpty());
  }

  /** Errors of one value stand apart; those below it stand together. */
  private static void place(ArrayNode errors, Misfit misfit) {
    ArrayNode current = errors;
    List<Object> path = misfit.path();
    for (int index = 0; index < path.size(); index++) {
      boolean isLast = index == path.size() - 1;
      ArrayNode known = isLast ? null : entry(current, path.get(index));
      current = known == null ? added(current, path.get(index)) : known;
    }
    current.add(misfit.message());
  }

  private static ArrayNode added(ArrayNode errors, Object step) {
    ObjectNode entry = errors.addObject();
    if (step instanceof Integer index) {
      entry.put("index", index);
    } else {
      entry.put("property", step.toString());
    }
    return entry.putArray("errors");
  }

  private static @Nullable ArrayNode entry(ArrayNode errors, Object step) {
    for (JsonNode entry : errors) {
      boolean same =
          step instanceof Integer index
              ? entry.path("index").isInt() && entry.path("index").intValue() == index
              : entry.path("property").asString("").equals(step.toString())
                  && entry.has("property");
      if (same) {
        return (ArrayNode) entry.get("errors");
      }
    }
    return null;
  }
}
