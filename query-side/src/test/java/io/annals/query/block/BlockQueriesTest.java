package io.annals.query.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.events.block.BlockDocumentEvent.BlockDocumentCreated;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentDeleted;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentUpdated;
import io.annals.events.block.BlockDocumentEvent.Cause;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaDeleted;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaRegistered;
import io.annals.events.block.BlockSchemaEvent.NestedSchema;
import io.annals.events.block.BlockTypeEvent.BlockTypeCreated;
import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import io.annals.events.log.DomainEvent;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import io.annals.events.sql.Transaction;
import io.annals.query.secret.Fernet;
import io.annals.query.secret.SealedData;
import io.annals.query.sql.Database;
import io.annals.query.sql.MigratedDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is told of blocks that lie in each other. */
class BlockQueriesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DataSource source = MigratedDatabase.create();
  private static long position;

  private final SealedData sealed = sealed();
  private BlockReferences references;
  private BlockSchemaQueries schemas;
  private BlockDocumentQueries documents;

  @BeforeEach
  void read() {
    Database database = new Database(source, source);
    references = new BlockReferences(database);
    schemas = new BlockSchemaQueries(database);
    documents = new BlockDocumentQueries(database, schemas, references, sealed);
  }

  private static SealedData sealed() {
    SecureRandom random = new SecureRandom();
    return new SealedData(new Fernet(Fernet.newKey(random), random, InstantSource.system()));
  }

  private static void project(DomainEvent... payloads) throws SQLException {
    List<LoggedEvent> events = new ArrayList<>();
    for (DomainEvent payload : payloads) {
      events.add(logged(++position, payload));
    }
    try (Connection connection = source.getConnection()) {
      Transaction transaction = new Transaction(connection);
      new BlockProjection().project(transaction, events);
      transaction.commit();
    }
  }

  private static LoggedEvent logged(long at, DomainEvent payload) {
    return new LoggedEvent(
        at, new UUID(9, at), Family.DOMAIN, "block", at, NOW, NOW, payload, Origin.NONE, null);
  }

  private static UUID type(String slug) throws SQLException {
    UUID id = UUID.randomUUID();
    BlockTypeLooks looks = new BlockTypeLooks(null, null, null, null);
    project(new BlockTypeCreated(id, slug, slug, looks, false));
    return id;
  }

  private static UUID schema(UUID type, String fields, NestedSchema... nested) throws SQLException {
    UUID id = UUID.randomUUID();
    project(
        new BlockSchemaRegistered(
            id, type, "sha256:" + id, "1", List.of("read"), json(fields), List.of(nested)));
    return id;
  }

  private UUID document(UUID type, UUID schema, String data, Map<String, UUID> referred)
      throws SQLException {
    UUID id = UUID.randomUUID();
    project(
        new BlockDocumentCreated(
            id, type, schema, id.toString(), false, sealed.seal(json(data)), referred));
    return id;
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void a_schema_is_put_together_with_those_inside_it() throws SQLException {
    UUID type = type("a");
    UUID leaf = schema(type, "{'title': 'Leaf', 'definitions': {'Unit': {'enum': ['m']}}}");
    UUID middle = schema(type, "{'title': 'Middle'}", new NestedSchema("leaf", leaf));
    UUID top =
        schema(
            type,
            "{'title': 'Top'}",
            new NestedSchema("one", middle),
            new NestedSchema("either", middle),
            new NestedSchema("either", leaf));
    String leafTold =
        "{'block_schema_checksum': 'sha256:%s', 'block_type_slug': 'a'}".formatted(leaf);
    String middleTold =
        "{'block_schema_checksum': 'sha256:%s', 'block_type_slug': 'a'}".formatted(middle);
    assertThat(schemas.byId(top).orElseThrow().fields())
        .isEqualTo(
            json(
                """
                {'title': 'Top',
                 'block_schema_references': {'one': %s, 'either': [%s, %s]},
                 'definitions': {
                   'Middle': {'title': 'Middle', 'block_schema_references': {'leaf': %s}},
                   'Leaf': {'title': 'Leaf', 'block_schema_references': {}},
                   'Unit': {'enum': ['m']}}}
                """
                    .formatted(middleTold, middleTold, leafTold, leafTold)));
    project(new BlockSchemaDeleted(leaf));
    assertThat(schemas.byId(middle).orElseThrow().fields())
        .isEqualTo(json("{'title': 'Middle', 'block_schema_references': {}}"));
  }

  @Test
  void a_schema_that_lies_in_itself_comes_to_an_end() throws SQLException {
    UUID type = type("b");
    UUID id = UUID.randomUUID();
    project(
        new BlockSchemaRegistered(
            id, type, "sha256:b", "1", List.of(), json("{}"), List.of(new NestedSchema("in", id))));
    assertThat(schemas.byId(id).orElseThrow().fields().path("block_schema_references").size())
        .isEqualTo(1);
  }

  @Test
  void the_newest_schemas_come_first_even_of_one_moment() throws SQLException {
    UUID type = type("c");
    UUID older = schema(type, "{}");
    UUID newer = schema(type, "{}");
    BlockSchemaFilter ofType =
        new BlockSchemaFilter(
            io.annals.query.sql.FilterOperator.AND,
            new io.annals.query.sql.AnyIdFilter(List.of(type)),
            null,
            null,
            null);
    assertThat(schemas.page(ofType, 10, 0).stream().map(BlockSchemaView::id))
        .containsExactly(newer, older);
  }

  @Test
  void a_document_is_put_together_with_those_inside_it() throws SQLException {
    UUID type = type("d");
    UUID schema = schema(type, "{'secret_fields': ['key']}");
    UUID leaf = document(type, schema, "{'key': 's3cr3t'}", Map.of());
    UUID top = document(type, schema, "{'a': 1, 'key': null}", Map.of("leaf", leaf));
    BlockDocumentView shown = documents.byId(top, false).orElseThrow();
    assertThat(shown.data()).isEqualTo(json("{'a': 1, 'key': null, 'leaf': {'key': '********'}}"));
    assertThat(shown.blockDocumentReferences().at("/leaf/block_document/id").asString())
        .isEqualTo(leaf.toString());
    assertThat(documents.byId(top, true).orElseThrow().data().at("/leaf/key").asString())
        .isEqualTo("s3cr3t");
    project(new BlockDocumentDeleted(leaf, Cause.ITSELF));
    assertThat(documents.byId(top, true).orElseThrow().data())
        .isEqualTo(json("{'a': 1, 'key': null}"));
  }

  @Test
  void a_document_that_is_gone_is_not_referred_to() throws SQLException {
    UUID type = type("e");
    UUID schema = schema(type, "{}");
    UUID top = document(type, schema, "{}", Map.of("gone", new UUID(8, 8)));
    assertThat(documents.byId(top, false).orElseThrow().data()).isEqualTo(json("{}"));
  }

  @Test
  void chains_are_followed_down_and_measured_upwards() throws SQLException {
    UUID type = type("f");
    UUID schema = schema(type, "{}");
    UUID leaf = document(type, schema, "{}", Map.of());
    UUID middle = document(type, schema, "{}", Map.of("x", leaf));
    UUID top = document(type, schema, "{}", Map.of("x", middle, "y", leaf));
    assertThat(references.graph(List.of(top, new UUID(8, 8))))
        .isEqualTo(Map.of(top, Set.of(middle, leaf), middle, Set.of(leaf)));
    assertThat(references.graph(List.of(leaf))).isEqualTo(Map.of(leaf, Set.of()));
    assertThat(references.longestChainTo(leaf)).isEqualTo(2);
    assertThat(references.longestChainTo(top)).isZero();
  }

  /** Two nodes may let two documents refer to each other at the same moment. */
  @Test
  void documents_that_lie_in_each_other_are_not_read_for_ever() throws SQLException {
    UUID type = type("g");
    UUID schema = schema(type, "{}");
    UUID one = document(type, schema, "{}", Map.of());
    UUID two = document(type, schema, "{}", Map.of("x", one));
    project(new BlockDocumentUpdated(one, schema, sealed.seal(json("{}")), Map.of("x", two)));
    assertThat(references.longestChainTo(one)).isEqualTo(100);
    assertThatThrownBy(() -> documents.byId(one, false))
        .hasMessageContaining("Block documents lie more than 50 deep in each other");
  }

  @Test
  void a_document_that_another_key_has_encrypted_is_named() throws SQLException {
    UUID type = type("h");
    UUID schema = schema(type, "{}");
    UUID id = UUID.randomUUID();
    project(
        new BlockDocumentCreated(
            id, type, schema, "old", false, sealed().seal(json("{}")), Map.of()));
    assertThatThrownBy(() -> documents.byId(id, false))
        .hasMessage("Block document %s (old) was encrypted with another key".formatted(id));
  }
}
