package io.annals.query.artifact;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads artifacts, and the latest of each key. */
public final class ArtifactQueries {
  private static final String ARTIFACTS =
      "SELECT " + ArtifactView.COLUMNS + " FROM artifact shown WHERE %s";
  private static final String COUNT = "SELECT count(*) FROM artifact shown WHERE %s";
  private static final String COLLECTIONS =
      "SELECT " + ArtifactCollectionView.COLUMNS + " FROM artifact_collection shown WHERE %s";
  private static final String COUNT_COLLECTIONS =
      "SELECT count(*) FROM artifact_collection shown WHERE %s";
  private static final String NEWEST_FIRST = " ORDER BY created DESC, id DESC LIMIT 1";

  private final Database database;

  /** Reads from one database. */
  public ArtifactQueries(Database database) {
    this.database = database;
  }

  /** One artifact. */
  public Optional<ArtifactView> byId(UUID artifactId) {
    return database.lookup(ARTIFACTS, Where.all().and("id = ?", artifactId), ArtifactView::read);
  }

  /** The newest artifact of a key beside a given one. */
  public Optional<ArtifactView> newestBeside(String key, UUID artifactId) {
    return database.lookup(
        ARTIFACTS + NEWEST_FIRST,
        Where.all().and("key = ?", key).and("id <> ?", artifactId),
        ArtifactView::read);
  }

  /** The collection of a key. */
  public Optional<ArtifactCollectionView> collectionOf(String key) {
    return database.lookup(
        COLLECTIONS, Where.all().and("key = ?", key), ArtifactCollectionView::read);
  }

  /** The latest artifact of a key, in an artifact's shape but with the collection's id. */
  public Optional<ArtifactView> latest(String key) {
    return database.lookup(
        "SELECT " + ArtifactView.COLUMNS + " FROM artifact_collection WHERE %s",
        Where.all().and("key = ?", key),
        ArtifactView::read);
  }

  /** One page of artifacts. */
  public List<ArtifactView> page(
      ArtifactSelection selection, ArtifactSort sort, int limit, long offset) {
    return database.page(ARTIFACTS, selection.where(), sort.sql, limit, offset, ArtifactView::read);
  }

  /** How many artifacts there are. */
  public long count(ArtifactSelection selection) {
    return database.count(COUNT, selection.where());
  }

  /** One page of collections. */
  public List<ArtifactCollectionView> collections(
      ArtifactSelection selection, ArtifactSort sort, int limit, long offset) {
    return database.page(
        COLLECTIONS, selection.where(), sort.sql, limit, offset, ArtifactCollectionView::read);
  }

  /** How many collections there are. */
  public long countCollections(ArtifactSelection selection) {
    return database.count(COUNT_COLLECTIONS, selection.where());
  }
}
