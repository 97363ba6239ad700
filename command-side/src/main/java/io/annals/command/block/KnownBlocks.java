package io.annals.command.block;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The types and schemas that are there already. */
interface KnownBlocks {
  /** The type of a slug. */
  Optional<UUID> typeOf(String slug);

  /** The newest schema with a checksum; of one version only where that is given. */
  Optional<UUID> schemaOf(String checksum, @Nullable String version);
}
