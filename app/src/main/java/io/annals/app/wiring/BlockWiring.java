package io.annals.app.wiring;

import io.annals.app.StartupFailure;
import io.annals.app.blocks.SystemBlocks;
import io.annals.app.settings.Settings;
import io.annals.command.block.BlockCipher;
import io.annals.command.block.BlockDocument;
import io.annals.command.block.BlockDocumentFaces;
import io.annals.command.block.BlockDocumentHandler;
import io.annals.command.block.BlockPorts;
import io.annals.command.block.BlockPorts.Dependents;
import io.annals.command.block.BlockPorts.SchemaFacts;
import io.annals.command.block.BlockSchema;
import io.annals.command.block.BlockSchemaHandler;
import io.annals.command.block.BlockType;
import io.annals.command.block.BlockTypeHandler;
import io.annals.command.block.Blocks;
import io.annals.command.block.SystemBlocksHandler;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.log.FaceKey;
import io.annals.events.log.Origin;
import io.annals.query.block.BlockDocumentQueries;
import io.annals.query.block.BlockReferences;
import io.annals.query.block.BlockSchemaQueries;
import io.annals.query.block.BlockTypeQueries;
import io.annals.query.block.BlockTypeView;
import io.annals.query.configuration.ServerConfiguration;
import io.annals.query.job.JobTurns;
import io.annals.query.secret.Fernet;
import io.annals.query.secret.SealedData;
import io.annals.query.sql.Database;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.node.ObjectNode;

/** Blocks: who decides, who reads, and what keeps their secrets. */
@Configuration(proxyBeanMethods = false)
class BlockWiring {
  private static final String KEY = "annals.encryption_key";

  /** The key comes from the settings, or is kept in the database, where the first start made it. */
  @Bean
  SealedData sealedData(Settings settings, ServerConfiguration configuration, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    String given = settings.textOrNull(KEY);
    String key =
        given == null || given.isEmpty()
            ? configuration.encryptionKey(() -> Fernet.newKey(random))
            : given;
    try {
      return new SealedData(new Fernet(key, random, clock));
    } catch (IllegalArgumentException unusable) {
      throw StartupFailure.wrongSetting(
          "PREFECT_SERVER_ENCRYPTION_KEY must be a Fernet key: 32 bytes as URL-safe Base64.");
    }
  }

  @Bean
  BlockCipher blockCipher(SealedData sealed) {
    return new BlockCipher() {
      @Override
      public String seal(ObjectNode data) {
        return sealed.seal(data);
      }

      @Override
      public Optional<ObjectNode> open(String text) {
        return sealed.open(text);
      }
    };
  }

  @Bean
  BlockTypeQueries blockTypeQueries(Database database) {
    return new BlockTypeQueries(database);
  }

  @Bean
  BlockSchemaQueries blockSchemaQueries(Database database) {
    return new BlockSchemaQueries(database);
  }

  @Bean
  BlockReferences blockReferences(Database database) {
    return new BlockReferences(database);
  }

  @Bean
  BlockDocumentQueries blockDocumentQueries(
      Database database,
      BlockSchemaQueries schemas,
      BlockReferences references,
      SealedData sealed) {
    return new BlockDocumentQueries(database, schemas, references, sealed);
  }

  @Bean
  BlockPorts blockPorts(
      BlockTypeQueries types, BlockSchemaQueries schemas, BlockReferences references) {
    return new BlockPorts(
        id -> types.byId(id).map(BlockTypeView::name),
        slug -> types.bySlug(slug).map(BlockTypeView::id),
        id -> references.schema(id).map(BlockWiring::facts),
        schemas::idByChecksum,
        references::documentByName,
        id -> new Dependents(schemas.idsOfType(id), references.documentsOfType(id)),
        id -> new Dependents(List.of(), references.documentsOfSchema(id)),
        references::graph,
        references::longestChainTo);
  }

  private static SchemaFacts facts(BlockReferences.Schema schema) {
    return new SchemaFacts(
        schema.id(),
        schema.blockTypeId(),
        schema.isProtected(),
        schema.capabilities(),
        schema.secretFields());
  }

  @Bean
  Blocks blocks(EntityHome home, BlockPorts ports, BlockCipher cipher) {
    return new Blocks(
        home.of(BlockType.KIND, BlockTypeHandler.MISSING),
        home.of(BlockSchema.KIND, BlockSchemaHandler.MISSING),
        home.of(
            BlockDocument.kind(new BlockDocumentFaces(ports, cipher)),
            BlockDocumentHandler.MISSING));
  }

  @Bean
  BlockTypeHandler blockTypeHandler(
      EntityHome home, Blocks blocks, BlockPorts ports, KeyedLocks locks) {
    return home.subscribed(new BlockTypeHandler(blocks, ports, locks, UUID::randomUUID));
  }

  @Bean
  BlockSchemaHandler blockSchemaHandler(
      EntityHome home, Blocks blocks, BlockPorts ports, KeyedLocks locks) {
    return home.subscribed(new BlockSchemaHandler(blocks, ports, locks, UUID::randomUUID));
  }

  @Bean
  BlockDocumentHandler blockDocumentHandler(
      EntityHome home, Blocks blocks, BlockPorts ports, BlockCipher cipher, KeyedLocks locks) {
    return home.subscribed(
        new BlockDocumentHandler(blocks, ports, cipher, locks, UUID::randomUUID));
  }

  @Bean
  SystemBlocksHandler systemBlocksHandler(
      EntityHome home, Blocks blocks, BlockPorts ports, KeyedLocks locks) {
    return home.subscribed(new SystemBlocksHandler(blocks, ports, locks, UUID::randomUUID));
  }

  @Bean
  SystemBlocks systemBlocks(ServerConfiguration configuration, CommandGateway gateway) {
    return new SystemBlocks(
        configuration,
        command ->
            gateway.sendAndWait(
                new GenericCommandMessage<>(
                    command,
                    MetaData.with(
                        FaceKey.ORIGIN,
                        new Origin(null, null, null, command.getClass().getSimpleName())))));
  }

  /**
   * Has the system blocks before the first request is taken. Of several nodes that start together
   * one registers them.
   */
  @Bean
  SmartInitializingSingleton systemBlocksAtStart(
      SystemBlocks blocks, JobTurns turns, Settings settings) {
    return () -> {
      if (settings.enabled("server.register_blocks_on_start")) {
        boolean remembers = settings.enabled("server.memoize_block_auto_registration");
        try {
          turns.alone("system-blocks", () -> blocks.registerAll(remembers));
        } catch (SQLException failure) {
          throw StartupFailure.because("The system blocks cannot be registered: " + failure);
        }
      }
    };
  }
}
