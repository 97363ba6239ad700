package io.annals.command.block;

import io.annals.command.block.BlockPorts.Dependents;
import io.annals.command.block.BlockPorts.SchemaFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What decisions about blocks are told in a test. */
final class PortsInMemory {
  final Map<String, UUID> types = new HashMap<>();
  final Map<UUID, SchemaFacts> schemas = new HashMap<>();
  final Map<String, UUID> documents = new HashMap<>();
  final Map<UUID, Set<UUID>> references = new HashMap<>();
  int above;

  BlockPorts ports() {
    return new BlockPorts(
        id -> types.containsValue(id) ? Optional.of("API key") : Optional.empty(),
        slug -> Optional.ofNullable(types.get(slug)),
        id -> Optional.ofNullable(schemas.get(id)),
        (checksum, version) -> Optional.empty(),
        (type, name) -> Optional.ofNullable(documents.get(name)),
        id -> new Dependents(List.of(), List.of()),
        id -> new Dependents(List.of(), List.of()),
        ids -> references,
        id -> above);
  }
}
