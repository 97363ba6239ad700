package io.annals.command.block;

import io.annals.command.entity.EntityKind;
import io.annals.events.block.BlockSchemaEvent;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaDeleted;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaRegistered;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The schema of a block: it never changes, other fields are another schema. */
public record BlockSchema(UUID id, UUID blockTypeId) {
  /** Block schemas as entities. */
  public static final EntityKind<BlockSchema, BlockSchemaEvent> KIND =
      new EntityKind<>(
          "block-schema",
          BlockSchemaEvent.class,
          BlockSchemaEvent::blockSchemaId,
          (schema, event) -> evolve(event),
          EntityKind.unseen());

  private static @Nullable BlockSchema evolve(BlockSchemaEvent event) {
    return switch (event) {
      case BlockSchemaRegistered registered ->
          new BlockSchema(registered.blockSchemaId(), registered.blockTypeId());
      case BlockSchemaDeleted ignored -> null;
    };
  }
}
