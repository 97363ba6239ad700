package io.annals.command.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.block.BlockDocumentCommand.CreateBlockDocument;
import io.annals.command.block.BlockDocumentCommand.DeleteBlockDocument;
import io.annals.command.block.BlockDocumentCommand.UpdateBlockDocument;
import io.annals.command.block.BlockPorts.SchemaFacts;
import io.annals.command.decision.Change;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.entity.EntityFixture;
import io.annals.events.block.BlockDocumentEvent;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentCreated;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentDeleted;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentUpdated;
import io.annals.events.block.BlockDocumentEvent.Cause;
import io.annals.events.block.SecretFields;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BlockDocumentHandlerTest {
  private static final UUID TYPE = new UUID(1, 1);
  private static final UUID SCHEMA = new UUID(2, 1);
  private static final UUID NEWER_SCHEMA = new UUID(2, 2);
  private static final UUID FOREIGN_SCHEMA = new UUID(2, 3);
  private static final UUID ID = new UUID(3, 1);
  private static final UUID VAULT = new UUID(3, 2);
  private static final UUID NEW = EntityFixture.newId();
  private static final String MINE = "{'token': 's3cr3t', 'user': 'me'}";
  private static final BlockDocumentCreated STORED =
      new BlockDocumentCreated(ID, TYPE, SCHEMA, "mine", false, sealed(MINE), Map.of());

  private final PortsInMemory ports = new PortsInMemory();
  private final EntityFixture<BlockDocument, BlockDocumentEvent> documents =
      new EntityFixture<>(
          BlockDocument.kind(new BlockDocumentFaces(ports.ports(), new Rot())),
          BlockDocumentHandler.MISSING);

  BlockDocumentHandlerTest() {
    ports.types.put("api-key", TYPE);
    ports.schemas.put(SCHEMA, facts(SCHEMA, TYPE));
    ports.schemas.put(NEWER_SCHEMA, facts(NEWER_SCHEMA, TYPE));
    ports.schemas.put(FOREIGN_SCHEMA, facts(FOREIGN_SCHEMA, new UUID(1, 2)));
    ports.references.put(VAULT, Set.of());
    Blocks blocks =
        new Blocks(
            new EntityFixture<>(BlockType.KIND, BlockTypeHandler.MISSING).entities(),
            new EntityFixture<>(BlockSchema.KIND, BlockSchemaHandler.MISSING).entities(),
            documents.entities());
    documents.handledBy(
        entities ->
            new BlockDocumentHandler(
                blocks, ports.ports(), new Rot(), new KeyedLocks(), documents.ids()));
  }

  private static SchemaFacts facts(UUID id, UUID type) {
    return new SchemaFacts(
        id, type, false, List.of("read-path"), new SecretFields(List.of("token", "extra.*")));
  }

  /** Hides a text from a reader of the test, no more; always the same, so that events compare. */
  private static final class Rot implements BlockCipher {
    @Override
    public String seal(ObjectNode data) {
      return sealed(data.toString());
    }

    @Override
    public Optional<ObjectNode> open(String sealed) {
      return sealed.startsWith("lost")
          ? Optional.empty()
          : Optional.of(
              json(
                  new String(
                      HexFormat.of().parseHex(sealed), java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  private static String sealed(String json) {
    byte[] text = json(json).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(text);
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static CreateBlockDocument create(@Nullable String name, String data) {
    return new CreateBlockDocument(name, json(data), TYPE, SCHEMA, name == null);
  }

  private static UpdateBlockDocument update(String data) {
    return new UpdateBlockDocument(ID, Change.to(json(data)), null, true);
  }

  private static String reference(UUID to) {
    return "{'$ref': {'block_document_id': '" + to + "'}}";
  }

  @Test
  void data_is_encrypted_before_it_is_an_event() {
    documents
        .given()
        .when(create("mine", MINE))
        .expectEvents(
            new BlockDocumentCreated(NEW, TYPE, SCHEMA, "mine", false, sealed(MINE), Map.of()))
        .expectResultMessagePayload(NEW);
    documents.expectFace(
        NEW,
        "prefect.block-document.created",
        """
        {"name": "mine", "data": {"user": "me"}, "block_schema": {"capabilities": ["read-path"],
         "block_type": {"id": "%s", "name": "API key"}}}
        """
            .formatted(TYPE));
  }

  @Test
  void commands_do_not_show_secrets() {
    assertThat(create("mine", MINE).toString()).doesNotContain("s3cr3t");
    assertThat(update(MINE).toString()).doesNotContain("s3cr3t");
  }

  @Test
  void a_name_stands_for_one_document_of_a_type() {
    ports.documents.put("mine", ID);
    documents
        .given(STORED)
        .when(create("mine", "{}"))
        .expectNoEvents()
        .expectExceptionMessage("Block already exists");
  }

  @Test
  void an_anonymous_document_gets_a_name_and_is_not_seen() {
    documents
        .given()
        .when(create(null, "{}"))
        .expectEvents(
            new BlockDocumentCreated(
                NEW, TYPE, SCHEMA, "anonymous-" + new UUID(7, 101), true, sealed("{}"), Map.of()));
    assertThat(documents.lastFace(NEW)).isEmpty();
  }

  @Test
  void an_unknown_schema_violates_integrity() {
    documents
        .given()
        .when(new CreateBlockDocument("x", json("{}"), TYPE, new UUID(9, 9), false))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
  }

  @Test
  void other_documents_are_referred_to() {
    documents
        .given()
        .when(create("mine", "{'vault': %s, 'user': 'me'}".formatted(reference(VAULT))))
        .expectEvents(
            new BlockDocumentCreated(
                NEW,
                TYPE,
                SCHEMA,
                "mine",
                false,
                sealed("{'user': 'me'}"),
                Map.of("vault", VAULT)));
  }

  @Test
  void what_is_referred_to_must_be_there() {
    documents
        .given()
        .when(create("mine", "{'vault': %s}".formatted(reference(new UUID(9, 9)))))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
    documents
        .given()
        .when(create("mine", "{'vault': {'$ref': {}}}"))
        .expectExceptionMessage(
            "Received block reference without a block_document_id in key vault");
  }

  @Test
  void documents_do_not_lie_in_each_other() {
    ports.references.put(VAULT, Set.of(ID));
    ports.references.put(ID, Set.of());
    documents
        .given(STORED)
        .when(update("{'vault': %s}".formatted(reference(VAULT))))
        .expectNoEvents()
        .expectExceptionMessage(
            ("Cannot create block document reference: it would introduce a cycle into the"
                    + " block_document_reference graph (parent=%s, reference=%s).")
                .formatted(ID, VAULT));
  }

  @Test
  void documents_do_not_lie_too_deep_in_each_other() {
    ports.above = DocumentReferences.MAX_DEPTH - 1;
    UpdateBlockDocument deepest = update("{'vault': %s}".formatted(reference(VAULT)));
    documents
        .given(STORED)
        .when(deepest)
        .expectEvents(new BlockDocumentUpdated(ID, SCHEMA, sealed(MINE), Map.of("vault", VAULT)));
    ports.above = DocumentReferences.MAX_DEPTH;
    documents
        .given(STORED)
        .when(deepest)
        .expectNoEvents()
        .expectExceptionMessage(
            "Block document reference graph exceeds max depth 50; refusing to recurse further.");
  }

  @Test
  void stars_that_are_sent_back_are_not_a_new_secret() {
    documents
        .given(STORED)
        .when(update("{'token': '********', 'user': 'you'}"))
        .expectEvents(
            new BlockDocumentUpdated(
                ID, SCHEMA, sealed("{'token': 's3cr3t', 'user': 'you'}"), Map.of()));
  }

  @Test
  void the_same_again_is_no_change() {
    documents.given(STORED).when(update("{'token': '********'}")).expectNoEvents();
    documents.given(STORED).when(update("{}")).expectNoEvents();
  }

  @Test
  void data_is_replaced_where_it_is_not_to_be_merged() {
    documents
        .given(STORED)
        .when(new UpdateBlockDocument(ID, Change.to(json("{'a': 1}")), null, false))
        .expectEvents(new BlockDocumentUpdated(ID, SCHEMA, sealed("{'a': 1}"), Map.of()));
  }

  @Test
  void a_schema_alone_changes_nothing() {
    documents
        .given(STORED)
        .when(new UpdateBlockDocument(ID, Change.none(), NEWER_SCHEMA, true))
        .expectNoEvents();
  }

  @Test
  void a_document_moves_to_another_schema_of_its_type_only() {
    documents
        .given(STORED)
        .when(new UpdateBlockDocument(ID, Change.to(json("{}")), NEWER_SCHEMA, true))
        .expectEvents(new BlockDocumentUpdated(ID, NEWER_SCHEMA, sealed(MINE), Map.of()));
    documents
        .given(STORED)
        .when(new UpdateBlockDocument(ID, Change.to(json("{}")), FOREIGN_SCHEMA, true))
        .expectNoEvents()
        .expectExceptionMessage(
            "Must migrate block document to a block schema of the same block type.");
  }

  @Test
  void references_that_are_not_sent_again_are_dropped() {
    documents
        .given(
            new BlockDocumentCreated(
                ID, TYPE, SCHEMA, "mine", false, sealed(MINE), Map.of("vault", VAULT)))
        .when(update("{}"))
        .expectEvents(new BlockDocumentUpdated(ID, SCHEMA, sealed(MINE), Map.of()));
  }

  @Test
  void a_document_whose_key_is_lost_can_still_be_deleted() {
    documents
        .given(new BlockDocumentCreated(ID, TYPE, SCHEMA, "mine", false, "lost", Map.of()))
        .when(new DeleteBlockDocument(ID))
        .expectEvents(new BlockDocumentDeleted(ID, Cause.ITSELF));
    documents.expectFace(
        ID,
        "prefect.block-document.deleted",
        """
        {"name": "mine", "data": {}, "block_schema": {"capabilities": ["read-path"],
         "block_type": {"id": "%s", "name": "API key"}}}
        """
            .formatted(TYPE));
  }

  @Test
  void a_missing_document_is_not_found() {
    documents
        .given()
        .when(new DeleteBlockDocument(ID))
        .expectExceptionMessage("Block document not found");
  }
}
