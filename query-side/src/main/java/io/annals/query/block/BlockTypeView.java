package io.annals.query.block;

import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A block type as the API shows it. */
public record BlockTypeView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    String slug,
    @Nullable String logoUrl,
    @Nullable String documentationUrl,
    @Nullable String description,
    @Nullable String codeExample,
    boolean isProtected) {
  static final String COLUMNS =
      """
      t.id, t.created, t.updated, t.name, t.slug, t.logo_url, t.documentation_url, t.description,
      t.code_example, t.is_protected
      """;

  static BlockTypeView read(ResultSet row, int index) throws SQLException {
    return from(row, 1);
  }

  /** Reads the columns from the given one on. */
  static BlockTypeView from(ResultSet row, int first) throws SQLException {
    return new BlockTypeView(
        row.getObject(first, UUID.class),
        Reading.moment(row, first + 1),
        Reading.moment(row, first + 2),
        row.getString(first + 3),
        row.getString(first + 4),
        stripped(row.getString(first + 5)),
        stripped(row.getString(first + 6)),
        row.getString(first + 7),
        row.getString(first + 8),
        row.getBoolean(first + 9));
  }

  /** Prefect takes blanks off addresses when it shows them. */
  private static @Nullable String stripped(@Nullable String url) {
    return url == null ? null : url.strip();
  }
}
