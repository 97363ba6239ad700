package io.annals.command.block;

import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Have these types and schemas; only what is missing or differs is recorded, all at once. No
 * answer.
 */
public record RegisterSystemBlocks(List<SystemBlock> blocks) {
  /** A block that the server brings along. */
  public record SystemBlock(
      String name,
      String slug,
      BlockTypeLooks looks,
      boolean isProtected,
      ObjectNode fields,
      List<String> capabilities,
      String version) {}
}
