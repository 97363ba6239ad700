package io.annals.command.block;

import io.annals.command.block.BlockTypeCommand.CreateBlockType;
import io.annals.command.block.BlockTypeCommand.DeleteBlockType;
import io.annals.command.block.BlockTypeCommand.UpdateBlockType;
import io.annals.command.decision.Change;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.entity.EntityFixture;
import io.annals.command.entity.EntityKind;
import io.annals.events.block.BlockTypeEvent;
import io.annals.events.block.BlockTypeEvent.BlockTypeCreated;
import io.annals.events.block.BlockTypeEvent.BlockTypeDeleted;
import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import io.annals.events.block.BlockTypeEvent.BlockTypeUpdated;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockTypeHandlerTest {
  private static final UUID ID = new UUID(1, 1);
  private static final UUID NEW = EntityFixture.newId();
  private static final BlockTypeLooks LOOKS = looks("a &amp; b");
  private static final BlockTypeCreated KEY =
      new BlockTypeCreated(ID, "API key", "api-key", LOOKS, false);

  private final EntityFixture<BlockType, BlockTypeEvent> types =
      new EntityFixture<>(BlockType.KIND, BlockTypeHandler.MISSING);
  private final PortsInMemory ports = new PortsInMemory();

  BlockTypeHandlerTest() {
    Blocks blocks =
        new Blocks(
            types.entities(),
            new EntityFixture<>(BlockSchema.KIND, BlockSchemaHandler.MISSING).entities(),
            new EntityFixture<>(
                    BlockDocument.kind(EntityKind.unseen()), BlockDocumentHandler.MISSING)
                .entities());
    types.handledBy(
        entities -> new BlockTypeHandler(blocks, ports.ports(), new KeyedLocks(), types.ids()));
  }

  private static BlockTypeLooks looks(@Nullable String description) {
    return new BlockTypeLooks("logo", null, description, null);
  }

  @Test
  void what_people_read_is_made_harmless() {
    types
        .given()
        .when(new CreateBlockType("API key", "api-key", looks("<b> & \"c\"")))
        .expectEvents(
            new BlockTypeCreated(NEW, "API key", "api-key", looks("&lt;b&gt; &amp; \"c\""), false))
        .expectResultMessagePayload(NEW);
    types.expectFace(
        NEW,
        "prefect.block-type.created",
        """
        {"name": "API key", "slug": "api-key", "logo_url": "logo", "documentation_url": null,
         "description": "&lt;b&gt; &amp; \\"c\\"", "code_example": null, "is_protected": false}
        """);
  }

  @Test
  void a_slug_stands_for_one_type() {
    ports.types.put("api-key", ID);
    types
        .given(KEY)
        .when(new CreateBlockType("Another", "api-key", LOOKS))
        .expectNoEvents()
        .expectExceptionMessage("Block type with name \"Another\" already exists");
  }

  @Test
  void names_that_begin_with_prefect_are_reserved() {
    types
        .given()
        .when(new CreateBlockType("preFECT thing", "x", LOOKS))
        .expectNoEvents()
        .expectExceptionMessage("Block type names beginning with 'Prefect' are reserved.");
  }

  @Test
  void what_is_not_changed_stays() {
    types
        .given(KEY)
        .when(
            new UpdateBlockType(ID, Change.none(), Change.none(), Change.to("<i>"), Change.none()))
        .expectEvents(new BlockTypeUpdated(ID, looks("<i>")));
  }

  @Test
  void a_client_that_sends_what_is_stored_but_unescaped_changes_nothing() {
    types
        .given(KEY)
        .when(
            new UpdateBlockType(
                ID, Change.to("logo"), Change.to(null), Change.to("a & b"), Change.to(null)))
        .expectNoEvents();
  }

  @Test
  void a_part_of_the_looks_is_taken_as_it_is_sent() {
    types
        .given(KEY)
        .when(
            new UpdateBlockType(
                ID, Change.none(), Change.none(), Change.to("a & b"), Change.none()))
        .expectEvents(new BlockTypeUpdated(ID, looks("a & b")));
  }

  @Test
  void nothing_sent_is_nothing_changed() {
    types
        .given(KEY)
        .when(new UpdateBlockType(ID, Change.none(), Change.none(), Change.none(), Change.none()))
        .expectNoEvents();
  }

  @Test
  void a_protected_type_is_not_deleted() {
    types
        .given(new BlockTypeCreated(ID, "Secret", "secret", LOOKS, true))
        .when(new DeleteBlockType(ID))
        .expectNoEvents()
        .expectExceptionMessage("protected block types cannot be deleted.");
  }

  @Test
  void a_type_is_deleted() {
    types.given(KEY).when(new DeleteBlockType(ID)).expectEvents(new BlockTypeDeleted(ID));
  }

  @Test
  void a_missing_type_is_not_found() {
    types.given().when(new DeleteBlockType(ID)).expectExceptionMessage("Block type not found");
  }
}
