package io.annals.command.block;

import io.annals.command.decision.Change;
import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be asked of block types. */
public sealed interface BlockTypeCommand {
  /** Make a kind of block known under a slug that is free. Answers its id. */
  record CreateBlockType(String name, String slug, BlockTypeLooks looks)
      implements BlockTypeCommand {}

  /** Change how a block type looks. No answer. */
  record UpdateBlockType(
      UUID blockTypeId,
      Change<@Nullable String> logoUrl,
      Change<@Nullable String> documentationUrl,
      Change<@Nullable String> description,
      Change<@Nullable String> codeExample)
      implements BlockTypeCommand {}

  /** Delete a block type with its schemas and documents. No answer. */
  record DeleteBlockType(UUID blockTypeId) implements BlockTypeCommand {}
}
