package io.annals.app.blocks;

import io.annals.command.block.RegisterSystemBlocks;
import io.annals.command.block.RegisterSystemBlocks.SystemBlock;
import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import io.annals.query.configuration.ServerConfiguration;
import io.annals.query.request.WireJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The block types that clients and UI expect of every server. */
public final class SystemBlocks {
  private final ServerConfiguration configuration;
  private final Consumer<RegisterSystemBlocks> commands;

  /**
   * Registers blocks.
   *
   * @param commands waits until a command was carried out
   */
  public SystemBlocks(ServerConfiguration configuration, Consumer<RegisterSystemBlocks> commands) {
    this.configuration = configuration;
    this.commands = commands;
  }

  /**
   * Registers all of them, as a server does when it starts.
   *
   * @param remembers whether to look no further when these very blocks were registered before; what
   *     users changed or deleted since then stays so
   */
  public void registerAll(boolean remembers) {
    byte[] file = BundledFile.SYSTEM_BLOCKS.read();
    String fingerprint = fingerprint(file);
    boolean isKnown = configuration.systemBlocks().filter(fingerprint::equals).isPresent();
    if (!isKnown || !remembers) {
      commands.accept(new RegisterSystemBlocks(blocks(file, block -> true)));
    }
    if (!isKnown) {
      configuration.setSystemBlocks(fingerprint);
    }
  }

  /** Registers those that clients may not delete. */
  public void registerProtected() {
    byte[] file = BundledFile.SYSTEM_BLOCKS.read();
    commands.accept(new RegisterSystemBlocks(blocks(file, SystemBlock::isProtected)));
  }

  private static List<SystemBlock> blocks(byte[] file, Predicate<SystemBlock> wanted) {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(line -> block(WireJson.MAPPER.readTree(line)))
        .filter(wanted)
        .toList();
  }

  private static SystemBlock block(JsonNode json) {
    List<String> capabilities = new ArrayList<>();
    json.path("capabilities").forEach(capability -> capabilities.add(capability.asString()));
    return new SystemBlock(
        json.path("name").asString(),
        json.path("slug").asString(),
        new BlockTypeLooks(
            text(json, "logo_url"),
            text(json, "documentation_url"),
            text(json, "description"),
            text(json, "code_example")),
        json.path("is_protected").asBoolean(),
        (ObjectNode) json.path("fields"),
        capabilities,
        json.path("version").asString());
  }

  private static @Nullable String text(JsonNode json, String key) {
    return json.path(key).asStringOpt().orElse(null);
  }

  private static String fingerprint(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JDK has it
    }
  }
}
