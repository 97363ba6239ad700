package io.annals.command.deployment;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.schema.FindSchemaFlaw;
import io.annals.command.schema.JudgeJson;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.command.schema.LenientSchema;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges job variables by the base job template of a work pool: its defaults, then what the
 * deployment says, then what the run says, have to fit the schema of its variables.
 */
public final class JobVariables {
  private static final Refusal BLOCK_MISSING = new Refusal(Kind.NOT_FOUND, "Block not found.");

  private final JudgeJson judgeJson;
  private final FindSchemaFlaw findSchemaFlaw;
  private final FindBlock findBlock;

  /** Judges with the help of the given. */
  public JobVariables(JudgeJson judgeJson, FindSchemaFlaw findSchemaFlaw, FindBlock findBlock) {
    this.judgeJson = judgeJson;
    this.findSchemaFlaw = findSchemaFlaw;
    this.findBlock = findBlock;
  }

  /** How strict a judgement is. */
  public enum Demand {
    /** A deployment may leave the rest to its runs. */
    SOME_OF_THEM,
    /** A run has to have all that is needed. */
    ALL_OF_THEM
  }

  /**
   * What is wrong with job variables, if anything is.
   *
   * @param template a base job template, empty where a pool has none
   * @param layers objects; later ones win
   * @throws io.annals.command.decision.RefusedException when the template itself cannot be used
   */
  public Optional<String> problem(JsonNode template, Demand demand, JsonNode... layers) {
    if (!(template.get("variables") instanceof ObjectNode schema) || schema.isEmpty()) {
      return Optional.empty();
    }
    requireUsable(schema);
    Defaults defaults = defaults(schema);
    ObjectNode all = defaults.values();
    for (JsonNode layer : layers) {
      if (layer instanceof ObjectNode given) {
        all.setAll(given);
      }
    }
    // What an unusable default would have filled cannot be demanded.
    boolean some = demand == Demand.SOME_OF_THEM || defaults.someUnusable();
    JsonNode lenient = LenientSchema.of(schema, true);
    return text(judgeJson.judge(some ? LenientSchema.withoutRequired(lenient) : lenient, all));
  }

  /**
   * Why the defaults of a base job template are refused, if they are.
   *
   * @throws io.annals.command.decision.RefusedException when the template itself cannot be used
   */
  public Optional<Refusal> flawOfDefaults(JsonNode template) {
    if (!(template.get("variables") instanceof ObjectNode schema) || schema.isEmpty()) {
      return Optional.empty();
    }
    requireUsable(schema);
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> variable : schema.path("properties").properties()) {
      JsonNode given = variable.getValue().get("default");
      JsonNode value = given == null ? null : resolved(given);
      if (value != null) {
        values.set(variable.getKey(), value);
      }
    }
    JsonNode lenient = LenientSchema.withoutRequired(LenientSchema.of(schema, true));
    return text(judgeJson.judge(lenient, values))
        .map(
            problem ->
                DeploymentRefusals.unprocessable(
                    "Validation failed for work pool's job variable defaults: " + problem));
  }

  private void requireUsable(JsonNode schema) {
    findSchemaFlaw
        .of(schema)
        .ifPresent(
            flaw -> {
              throw DeploymentRefusals.unprocessable("Invalid schema: " + flaw).asException();
            });
  }

  private record Defaults(ObjectNode values, boolean someUnusable) {}

  private Defaults defaults(ObjectNode schema) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    boolean someUnusable = false;
    JsonNode withoutRequired = LenientSchema.withoutRequired(schema);
    for (Map.Entry<String, JsonNode> variable : schema.path("properties").properties()) {
      JsonNode given = variable.getValue().get("default");
      JsonNode value = given == null ? null : resolved(given);
      if (value == null) {
        continue;
      }
      ObjectNode alone = JsonNodeFactory.instance.objectNode();
      alone.set(variable.getKey(), value);
      if (judgeJson.judge(withoutRequired, alone) instanceof Fit.Fits) {
        values.set(variable.getKey(), value);
      } else {
        someUnusable = true;
      }
    }
    return new Defaults(values, someUnusable);
  }

  /** A default may refer to a block document; null when it says nothing. */
  private @Nullable JsonNode resolved(JsonNode given) {
    if (!(given instanceof ObjectNode object) || !object.has("$ref")) {
      return given;
    }
    JsonNode id = object.get("$ref").get("block_document_id");
    if (id == null || id.isNull()) {
      return null;
    }
    UUID blockDocumentId;
    try {
      blockDocumentId = UUID.fromString(id.asString(""));
    } catch (IllegalArgumentException noId) {
      throw BLOCK_MISSING.asException();
    }
    return findBlock.dataOf(blockDocumentId).orElseThrow(BLOCK_MISSING::asException);
  }

  private static Optional<String> text(Fit fit) {
    return switch (fit) {
      case Fit.Fits ignored -> Optional.empty();
      case Fit.Differs differs -> Optional.of(differs.text());
      case Fit.EndlessSchema ignored -> Optional.of(Fit.EndlessSchema.TEXT);
    };
  }
}
