package io.annals.command.block;

import io.annals.command.block.BlockDocumentCommand.CreateBlockDocument;
import io.annals.command.block.BlockDocumentCommand.DeleteBlockDocument;
import io.annals.command.block.BlockDocumentCommand.UpdateBlockDocument;
import io.annals.command.block.BlockPorts.SchemaFacts;
import io.annals.command.decision.Change;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.events.block.BlockDocumentEvent;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentCreated;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentUpdated;
import io.annals.events.block.BlockDocumentEvent.Cause;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import tools.jackson.databind.node.ObjectNode;

/** Takes commands about block documents and decides. */
public final class BlockDocumentHandler {
  /** How commands about block documents that are not there are refused. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Block document not found");

  private final Blocks blocks;
  private final BlockPorts ports;
  private final BlockCipher cipher;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about block documents.
   *
   * @param ids makes ids that were never made before
   */
  public BlockDocumentHandler(
      Blocks blocks, BlockPorts ports, BlockCipher cipher, KeyedLocks locks, Supplier<UUID> ids) {
    this.blocks = blocks;
    this.ports = ports;
    this.cipher = cipher;
    this.locks = locks;
    this.ids = ids;
  }

  /** Fills in a block. */
  @CommandHandler
  public UUID handle(CreateBlockDocument command) {
    locks.holdUntilFinished(Blocks.class);
    UUID type = command.blockTypeId();
    if (command.name() != null && ports.documentByName().idOf(type, command.name()).isPresent()) {
      throw new Refusal(Kind.CONFLICT, "Block already exists").asException();
    }
    if (ports.type().nameOf(type).isEmpty()) {
      throw BlockTypeHandler.MISSING.asException();
    }
    DocumentReferences parts = DocumentReferences.of(command.data());
    if (ports.schema().byId(command.blockSchemaId()).isEmpty()) {
      throw Refusal.INTEGRITY.asException();
    }
    UUID id = ids.get();
    parts.require(id, ports.references().from(parts.byKey().values()), 0);
    String name = Objects.requireNonNullElseGet(command.name(), () -> "anonymous-" + ids.get());
    blocks
        .documents()
        .begin(
            new BlockDocumentCreated(
                id,
                type,
                command.blockSchemaId(),
                name,
                command.isAnonymous(),
                cipher.seal(parts.data()),
                parts.byKey()));
    return id;
  }

  /** Changes what a document says. */
  @CommandHandler
  public void handle(UpdateBlockDocument command) {
    locks.holdUntilFinished(Blocks.class);
    blocks
        .documents()
        .change(
            command.blockDocumentId(),
            document ->
                command.data() instanceof Change.To<ObjectNode>(ObjectNode sent)
                    ? changed(document, sent, command)
                    : List.of());
  }

  private List<BlockDocumentEvent> changed(
      BlockDocument document, ObjectNode sent, UpdateBlockDocument command) {
    ObjectNode stored =
        cipher
            .open(document.data())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Block document %s was encrypted with another key"
                            .formatted(document.id())));
    ObjectNode said = secretsKept(document, sent, stored);
    if (command.merges()) {
      ObjectNode merged = stored.deepCopy();
      merged.setAll(said);
      said = merged;
    }
    DocumentReferences parts = DocumentReferences.of(said);
    UUID schema =
        command.blockSchemaId() == null
            ? document.blockSchemaId()
            : schemaOfSameType(document, command.blockSchemaId());
    parts.require(
        document.id(),
        ports.references().from(parts.byKey().values()),
        parts.byKey().isEmpty() ? 0 : ports.chainAbove().longestTo(document.id()));
    boolean isSame =
        parts.data().equals(stored)
            && parts.byKey().equals(document.references())
            && schema.equals(document.blockSchemaId());
    return isSame
        ? List.of()
        : List.of(
            new BlockDocumentUpdated(
                document.id(), schema, cipher.seal(parts.data()), parts.byKey()));
  }

  private ObjectNode secretsKept(BlockDocument document, ObjectNode sent, ObjectNode stored) {
    return ports
        .schema()
        .byId(document.blockSchemaId())
        .map(schema -> schema.secretFields().restored(sent, stored))
        .orElse(sent);
  }

  private UUID schemaOfSameType(BlockDocument document, UUID proposed) {
    SchemaFacts schema =
        ports.schema().byId(proposed).orElseThrow(BlockSchemaHandler.MISSING::asException);
    if (!schema.blockTypeId().equals(document.blockTypeId())) {
      throw new Refusal(
              Kind.BAD_REQUEST,
              "Must migrate block document to a block schema of the same block type.")
          .asException();
    }
    return schema.id();
  }

  /** Deletes a document. */
  @CommandHandler
  public void handle(DeleteBlockDocument command) {
    blocks.deleteDocuments(List.of(command.blockDocumentId()), Cause.ITSELF);
  }
}
