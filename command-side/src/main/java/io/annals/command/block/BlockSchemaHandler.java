package io.annals.command.block;

import io.annals.command.block.BlockPorts.SchemaFacts;
import io.annals.command.block.BlockSchemaCommand.DeleteBlockSchema;
import io.annals.command.block.BlockSchemaCommand.RegisterBlockSchema;
import io.annals.command.decision.Created;
import io.annals.command.decision.Decision;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.events.block.BlockDocumentEvent.Cause;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaRegistered;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.jspecify.annotations.Nullable;

/** Takes commands about block schemas and decides. */
public final class BlockSchemaHandler {
  /** How commands about block schemas that are not there are refused. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Block schema not found");

  private final Blocks blocks;
  private final BlockPorts ports;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about block schemas.
   *
   * @param ids makes ids that were never made before
   */
  public BlockSchemaHandler(Blocks blocks, BlockPorts ports, KeyedLocks locks, Supplier<UUID> ids) {
    this.blocks = blocks;
    this.ports = ports;
    this.locks = locks;
    this.ids = ids;
  }

  /** Has the schema of a type. */
  @CommandHandler
  public Created handle(RegisterBlockSchema command) {
    locks.holdUntilFinished(Blocks.class);
    if (ports.type().nameOf(command.blockTypeId()).isEmpty()) {
      throw new Refusal(Kind.NOT_FOUND, "Block type %s not found.".formatted(command.blockTypeId()))
          .asException();
    }
    Decision<BlockSchemaRegistered, Created> decision =
        BlockSchemaDecider.register(command, stored(), ids);
    decision.events().forEach(blocks.schemas()::begin);
    return decision.answer();
  }

  private KnownBlocks stored() {
    return new KnownBlocks() {
      @Override
      public Optional<UUID> typeOf(String slug) {
        return ports.typeBySlug().idOf(slug);
      }

      @Override
      public Optional<UUID> schemaOf(String checksum, @Nullable String version) {
        return ports.schemaByChecksum().idOf(checksum, version);
      }
    };
  }

  /** Deletes a schema with its documents. */
  @CommandHandler
  public void handle(DeleteBlockSchema command) {
    locks.holdUntilFinished(Blocks.class);
    SchemaFacts schema =
        ports.schema().byId(command.blockSchemaId()).orElseThrow(MISSING::asException);
    if (schema.isProtected()) {
      throw new Refusal(
              Kind.FORBIDDEN, "Block schemas for protected block types cannot be deleted.")
          .asException();
    }
    blocks.deleteDocuments(ports.ofSchema().of(schema.id()).documents(), Cause.SCHEMA);
    blocks.deleteSchemas(List.of(schema.id()));
  }
}
