package io.annals.command.block;

import io.annals.command.block.BlockSchemaCommand.RegisterBlockSchema;
import io.annals.command.block.RegisterSystemBlocks.SystemBlock;
import io.annals.command.decision.KeyedLocks;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaRegistered;
import io.annals.events.block.BlockTypeEvent;
import io.annals.events.block.BlockTypeEvent.BlockTypeCreated;
import io.annals.events.block.BlockTypeEvent.BlockTypeProtected;
import io.annals.events.block.BlockTypeEvent.BlockTypeUpdated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.jspecify.annotations.Nullable;

/** Registers the blocks that the server brings along, as Prefect's server does at its start. */
public final class SystemBlocksHandler {
  private final Blocks blocks;
  private final BlockPorts ports;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of the one command.
   *
   * @param ids makes ids that were never made before
   */
  public SystemBlocksHandler(
      Blocks blocks, BlockPorts ports, KeyedLocks locks, Supplier<UUID> ids) {
    this.blocks = blocks;
    this.ports = ports;
    this.locks = locks;
    this.ids = ids;
  }

  /** All types come before all schemas: schemas refer to types. */
  @CommandHandler
  public void handle(RegisterSystemBlocks command) {
    locks.holdUntilFinished(Blocks.class);
    Together together = new Together();
    for (SystemBlock block : command.blocks()) {
      together.types.put(block.slug(), type(block));
    }
    for (SystemBlock block : command.blocks()) {
      UUID type = together.typeOf(block.slug()).orElseThrow();
      RegisterBlockSchema registration =
          new RegisterBlockSchema(block.fields(), type, block.capabilities(), block.version());
      for (BlockSchemaRegistered added :
          BlockSchemaDecider.register(registration, together, ids).events()) {
        blocks.schemas().begin(added);
        together.schemas.add(added);
      }
    }
  }

  private UUID type(SystemBlock block) {
    Optional<UUID> existing = ports.typeBySlug().idOf(block.slug());
    if (existing.isPresent()) {
      blocks.types().change(existing.get(), type -> changed(type, block));
      return existing.get();
    }
    UUID id = ids.get();
    blocks
        .types()
        .begin(
            new BlockTypeCreated(
                id,
                block.name(),
                block.slug(),
                BlockTypeHandler.escaped(block.looks()),
                block.isProtected()));
    return id;
  }

  private static List<BlockTypeEvent> changed(BlockType type, SystemBlock block) {
    List<BlockTypeEvent> events = new ArrayList<>();
    if (!BlockTypeHandler.meansTheSame(type.looks(), block.looks())) {
      events.add(new BlockTypeUpdated(type.id(), block.looks()));
    }
    if (block.isProtected() && !type.isProtected()) {
      events.add(new BlockTypeProtected(type.id()));
    }
    return events;
  }

  /** What is stored, and what is registered together with a block but not stored yet. */
  private final class Together implements KnownBlocks {
    final Map<String, UUID> types = new HashMap<>();
    final List<BlockSchemaRegistered> schemas = new ArrayList<>();

    @Override
    public Optional<UUID> typeOf(String slug) {
      return Optional.ofNullable(types.get(slug)).or(() -> ports.typeBySlug().idOf(slug));
    }

    @Override
    public Optional<UUID> schemaOf(String checksum, @Nullable String version) {
      for (BlockSchemaRegistered schema : schemas.reversed()) {
        if (schema.checksum().equals(checksum)
            && (version == null || schema.version().equals(version))) {
          return Optional.of(schema.blockSchemaId());
        }
      }
      return ports.schemaByChecksum().idOf(checksum, version);
    }
  }
}
