package io.annals.query.block;

import io.annals.query.block.NestedDocuments.Opened;
import io.annals.query.block.NestedDocuments.Reference;
import io.annals.query.secret.SealedData;
import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads block documents, with the documents they refer to put into them. */
public final class BlockDocumentQueries {
  private static final String COUNT =
      """
      SELECT count(*)
      FROM block_document d
      JOIN block_schema s ON s.id = d.block_schema_id
      JOIN block_type t ON t.id = d.block_type_id
      WHERE %s
      """;

  private final Database database;
  private final BlockSchemaQueries schemas;
  private final BlockReferences references;
  private final SealedData sealed;

  /** Reads from one database what {@code sealed} has encrypted. */
  public BlockDocumentQueries(
      Database database,
      BlockSchemaQueries schemas,
      BlockReferences references,
      SealedData sealed) {
    this.database = database;
    this.schemas = schemas;
    this.references = references;
    this.sealed = sealed;
  }

  /** One document. */
  public Optional<BlockDocumentView> byId(UUID blockDocumentId, boolean includesSecrets) {
    return one(Where.all().and("d.id = ?", blockDocumentId), includesSecrets);
  }

  /** The document of a name among those of a type. */
  public Optional<BlockDocumentView> byName(
      String blockTypeSlug, String name, boolean includesSecrets) {
    return one(
        Where.all().and("t.slug = ?", blockTypeSlug).and("d.name = ?", name), includesSecrets);
  }

  private Optional<BlockDocumentView> one(Where where, boolean includesSecrets) {
    List<StoredDocument> found =
        database.lookupAll(StoredDocument.SELECT, where, StoredDocument::read);
    return whole(found, includesSecrets).stream().findFirst();
  }

  /** One page of documents. */
  public List<BlockDocumentView> page(
      BlockDocumentSelection selection,
      boolean includesSecrets,
      BlockDocumentSort sort,
      int limit,
      long offset) {
    return whole(
        database.page(
            StoredDocument.SELECT,
            selection.where(),
            sort.sql,
            limit,
            offset,
            StoredDocument::read),
        includesSecrets);
  }

  /** All documents of a type that are not anonymous, by name. */
  public List<BlockDocumentView> ofType(UUID blockTypeId, boolean includesSecrets) {
    Where where = Where.all().and("d.block_type_id = ?", blockTypeId).and("NOT d.is_anonymous");
    List<StoredDocument> found =
        database.list(
            StoredDocument.SELECT + " ORDER BY " + BlockDocumentSort.NAME_ASC.sql,
            where,
            StoredDocument::read);
    return whole(found, includesSecrets);
  }

  /** How many documents there are. */
  public long count(BlockDocumentSelection selection) {
    return database.count(COUNT, selection.where());
  }

  private List<BlockDocumentView> whole(List<StoredDocument> documents, boolean includesSecrets) {
    if (documents.isEmpty()) {
      return List.of();
    }
    List<Reference> inside = references.from(documents.stream().map(StoredDocument::id).toList());
    Map<UUID, StoredDocument> stored = new LinkedHashMap<>();
    documents.forEach(document -> stored.put(document.id(), document));
    others(stored, inside).forEach(document -> stored.put(document.id(), document));
    NestedDocuments nested = new NestedDocuments(stored, inside, sealed, includesSecrets);
    Set<UUID> schemaIds = new LinkedHashSet<>();
    documents.forEach(document -> schemaIds.add(document.schemaId()));
    Map<UUID, BlockSchemaView> schemaById = schemas.byIds(schemaIds);
    List<BlockDocumentView> views = new ArrayList<>();
    for (StoredDocument document : documents) {
      Opened opened = nested.open(document);
      views.add(
          new BlockDocumentView(
              document.id(),
              document.created(),
              document.updated(),
              document.name(),
              opened.data(),
              document.schemaId(),
              schemaById.get(document.schemaId()),
              document.type().id(),
              document.type().name(),
              document.type(),
              opened.references(),
              document.isAnonymous()));
    }
    return List.copyOf(views);
  }

  private List<StoredDocument> others(
      Map<UUID, StoredDocument> known, Collection<Reference> inside) {
    Set<UUID> missing = new LinkedHashSet<>();
    inside.forEach(reference -> missing.add(reference.document()));
    missing.removeAll(known.keySet());
    return missing.isEmpty()
        ? List.of()
        : database.lookupAll(
            StoredDocument.SELECT, Where.all().anyId("d.id", missing), StoredDocument::read);
  }
}
