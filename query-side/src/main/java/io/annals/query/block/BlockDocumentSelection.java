package io.annals.query.block;

import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/** Which block documents are meant: filters on them and on what they belong to. */
public record BlockDocumentSelection(
    BlockDocumentFilter documents,
    @Nullable BlockTypeFilter types,
    @Nullable BlockSchemaFilter schemas) {
  Where where() {
    return Where.all()
        .and(documents.where())
        .and(types == null ? null : types.where())
        .and(schemas == null ? null : schemas.where());
  }
}
