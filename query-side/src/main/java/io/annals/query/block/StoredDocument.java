package io.annals.query.block;

import io.annals.events.block.SecretFields;
import io.annals.events.log.EventCodec;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A block document as it is stored.
 *
 * @param sealed its data, encrypted
 * @param secrets what is secret in it
 */
record StoredDocument(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    String sealed,
    UUID schemaId,
    SecretFields secrets,
    boolean isAnonymous,
    BlockTypeView type) {
  static final String SELECT =
      """
      SELECT d.id, d.created, d.updated, d.name, d.data, d.block_schema_id,
        s.fields -> 'secret_fields', d.is_anonymous,
      """
          + BlockTypeView.COLUMNS
          + """
          FROM block_document d
          JOIN block_schema s ON s.id = d.block_schema_id
          JOIN block_type t ON t.id = d.block_type_id
          WHERE %s
          """;

  static StoredDocument read(ResultSet row, int index) throws SQLException {
    return new StoredDocument(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        row.getString(5),
        row.getObject(6, UUID.class),
        secrets(row.getString(7)),
        row.getBoolean(8),
        BlockTypeView.from(row, 9));
  }

  static SecretFields secrets(@Nullable String json) {
    List<String> paths = new ArrayList<>();
    if (json != null) {
      for (JsonNode path : EventCodec.JSON.readTree(json)) {
        if (path.isString()) {
          paths.add(path.asString());
        }
      }
    }
    return new SecretFields(paths);
  }
}
