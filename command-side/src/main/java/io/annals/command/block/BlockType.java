package io.annals.command.block;

import io.annals.command.entity.EntityKind;
import io.annals.command.entity.Labels;
import io.annals.events.block.BlockTypeEvent;
import io.annals.events.block.BlockTypeEvent.BlockTypeCreated;
import io.annals.events.block.BlockTypeEvent.BlockTypeDeleted;
import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import io.annals.events.block.BlockTypeEvent.BlockTypeProtected;
import io.annals.events.block.BlockTypeEvent.BlockTypeUpdated;
import io.annals.events.log.Face;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A kind of block. */
public record BlockType(
    UUID id, String name, String slug, BlockTypeLooks looks, boolean isProtected) {
  /** Block types as entities. */
  public static final EntityKind<BlockType, BlockTypeEvent> KIND =
      new EntityKind<>(
          "block-type",
          BlockTypeEvent.class,
          BlockTypeEvent::blockTypeId,
          BlockType::evolve,
          BlockType::face);

  private static @Nullable BlockType evolve(@Nullable BlockType type, BlockTypeEvent event) {
    return switch (event) {
      case BlockTypeCreated(var id, var name, var slug, var looks, boolean isProtected) ->
          new BlockType(id, name, slug, looks, isProtected);
      case BlockTypeUpdated(var id, var looks) -> {
        BlockType before = Objects.requireNonNull(type);
        yield new BlockType(id, before.name, before.slug, looks, before.isProtected);
      }
      case BlockTypeProtected(var id) -> {
        BlockType before = Objects.requireNonNull(type);
        yield new BlockType(id, before.name, before.slug, before.looks, true);
      }
      case BlockTypeDeleted ignored -> null;
    };
  }

  private static Face face(
      @Nullable BlockType before,
      BlockType after,
      BlockTypeEvent event,
      UUID faceId,
      Instant occurred) {
    String verb =
        switch (event) {
          case BlockTypeCreated ignored -> "created";
          case BlockTypeUpdated ignored -> "updated";
          case BlockTypeProtected ignored -> "updated";
          case BlockTypeDeleted ignored -> "deleted";
        };
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("name", after.name);
    payload.put("slug", after.slug);
    payload.put("logo_url", after.looks.logoUrl());
    payload.put("documentation_url", after.looks.documentationUrl());
    payload.put("description", after.looks.description());
    payload.put("code_example", after.looks.codeExample());
    payload.put("is_protected", after.isProtected);
    return new Face(
        faceId,
        occurred,
        "prefect.block-type." + verb,
        Labels.resource("block-type", after.id, after.name),
        List.of(),
        payload,
        null);
  }
}
