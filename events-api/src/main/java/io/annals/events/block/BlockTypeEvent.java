package io.annals.events.block;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to a block type. */
public sealed interface BlockTypeEvent extends DomainEvent {
  /** The block type concerned. */
  UUID blockTypeId();

  /**
   * A kind of block became known.
   *
   * @param slug its name in addresses, unique
   * @param isProtected whether clients may not delete it
   */
  @StoredAs("block-type.created")
  record BlockTypeCreated(
      UUID blockTypeId, String name, String slug, BlockTypeLooks looks, boolean isProtected)
      implements BlockTypeEvent {}

  /** A block type looks otherwise; this is all of its looks afterwards. */
  @StoredAs("block-type.updated")
  record BlockTypeUpdated(UUID blockTypeId, BlockTypeLooks looks) implements BlockTypeEvent {}

  /** From now on clients may not delete a block type. */
  @StoredAs("block-type.protected")
  record BlockTypeProtected(UUID blockTypeId) implements BlockTypeEvent {}

  /** A block type is gone; events of their own tell that its schemas and documents went along. */
  @StoredAs("block-type.deleted")
  record BlockTypeDeleted(UUID blockTypeId) implements BlockTypeEvent {}

  /** What people see of a block type. */
  record BlockTypeLooks(
      @Nullable String logoUrl,
      @Nullable String documentationUrl,
      @Nullable String description,
      @Nullable String codeExample) {}
}
