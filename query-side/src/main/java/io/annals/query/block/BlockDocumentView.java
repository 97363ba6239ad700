package io.annals.query.block;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A block document as the API shows it.
 *
 * @param data with the data of other documents put in
 * @param blockDocumentReferences which documents those were, by key of the data
 */
public record BlockDocumentView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    ObjectNode data,
    UUID blockSchemaId,
    @Nullable BlockSchemaView blockSchema,
    UUID blockTypeId,
    String blockTypeName,
    BlockTypeView blockType,
    ObjectNode blockDocumentReferences,
    boolean isAnonymous) {}
