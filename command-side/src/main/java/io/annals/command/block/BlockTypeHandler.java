package io.annals.command.block;

import io.annals.command.block.BlockPorts.Dependents;
import io.annals.command.block.BlockTypeCommand.CreateBlockType;
import io.annals.command.block.BlockTypeCommand.DeleteBlockType;
import io.annals.command.block.BlockTypeCommand.UpdateBlockType;
import io.annals.command.decision.Change;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.events.block.BlockDocumentEvent.Cause;
import io.annals.events.block.BlockTypeEvent;
import io.annals.events.block.BlockTypeEvent.BlockTypeCreated;
import io.annals.events.block.BlockTypeEvent.BlockTypeDeleted;
import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import io.annals.events.block.BlockTypeEvent.BlockTypeUpdated;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;

/** Takes commands about block types and decides. */
public final class BlockTypeHandler {
  /** How commands about block types that are not there are refused. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Block type not found");

  private static final String RESERVED = "prefect";

  private final Blocks blocks;
  private final BlockPorts ports;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about block types.
   *
   * @param ids makes ids that were never made before
   */
  public BlockTypeHandler(Blocks blocks, BlockPorts ports, KeyedLocks locks, Supplier<UUID> ids) {
    this.blocks = blocks;
    this.ports = ports;
    this.locks = locks;
    this.ids = ids;
  }

  /** Makes a kind of block known. */
  @CommandHandler
  public UUID handle(CreateBlockType command) {
    if (command.name().toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
      throw new Refusal(Kind.FORBIDDEN, "Block type names beginning with 'Prefect' are reserved.")
          .asException();
    }
    locks.holdUntilFinished(Blocks.class);
    if (ports.typeBySlug().idOf(command.slug()).isPresent()) {
      throw new Refusal(
              Kind.CONFLICT, "Block type with name \"%s\" already exists".formatted(command.name()))
          .asException();
    }
    UUID id = ids.get();
    blocks
        .types()
        .begin(
            new BlockTypeCreated(
                id, command.name(), command.slug(), escaped(command.looks()), false));
    return id;
  }

  /** Descriptions and examples are made harmless on their way in, though not when they change. */
  static BlockTypeLooks escaped(BlockTypeLooks looks) {
    return new BlockTypeLooks(
        looks.logoUrl(),
        looks.documentationUrl(),
        HtmlText.escaped(looks.description()),
        HtmlText.escaped(looks.codeExample()));
  }

  /** Changes how a block type looks. */
  @CommandHandler
  public void handle(UpdateBlockType command) {
    blocks.types().change(command.blockTypeId(), type -> changed(type, command));
  }

  private static List<BlockTypeEvent> changed(BlockType type, UpdateBlockType command) {
    BlockTypeLooks before = type.looks();
    BlockTypeLooks after =
        new BlockTypeLooks(
            command.logoUrl().or(before.logoUrl()),
            command.documentationUrl().or(before.documentationUrl()),
            command.description().or(before.description()),
            command.codeExample().or(before.codeExample()));
    boolean isSame = setsAll(command) ? meansTheSame(before, after) : before.equals(after);
    return isSame ? List.of() : List.of(new BlockTypeUpdated(type.id(), after));
  }

  /** Clients send what they have in their code, unescaped, whenever they save a block. */
  private static boolean setsAll(UpdateBlockType command) {
    return Stream.of(
            command.logoUrl(),
            command.documentationUrl(),
            command.description(),
            command.codeExample())
        .allMatch(Change.To.class::isInstance);
  }

  static boolean meansTheSame(BlockTypeLooks one, BlockTypeLooks other) {
    return Objects.equals(one.logoUrl(), other.logoUrl())
        && Objects.equals(one.documentationUrl(), other.documentationUrl())
        && Objects.equals(
            HtmlText.unescaped(one.description()), HtmlText.unescaped(other.description()))
        && Objects.equals(
            HtmlText.unescaped(one.codeExample()), HtmlText.unescaped(other.codeExample()));
  }

  /** Deletes a block type with its schemas and documents. */
  @CommandHandler
  public void handle(DeleteBlockType command) {
    locks.holdUntilFinished(Blocks.class);
    blocks
        .types()
        .change(
            command.blockTypeId(),
            type -> {
              if (type.isProtected()) {
                throw new Refusal(Kind.FORBIDDEN, "protected block types cannot be deleted.")
                    .asException();
              }
              return List.of(new BlockTypeDeleted(type.id()));
            });
    Dependents dependents = ports.ofType().of(command.blockTypeId());
    blocks.deleteDocuments(dependents.documents(), Cause.TYPE);
    blocks.deleteSchemas(dependents.schemas());
  }
}
