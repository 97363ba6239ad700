package io.annals.query.deployment;

import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What runs get from their deployment.
 *
 * @param workQueueName as the client named the queue
 */
public record DeployableView(
    UUID id,
    UUID flowId,
    @Nullable String version,
    List<String> tags,
    RawJson labels,
    RawJson parameters,
    @Nullable RawJson parameterOpenapiSchema,
    boolean enforceParameterSchema,
    RawJson jobVariables,
    @Nullable UUID workQueueId,
    @Nullable String workQueueName,
    @Nullable UUID infrastructureDocumentId) {
  static final String COLUMNS =
      """
      id, flow_id, version, tags, labels, parameters, parameter_openapi_schema,
      enforce_parameter_schema, job_variables, work_queue_id, work_queue_name,
      infrastructure_document_id
      """;

  static DeployableView read(ResultSet row, int index) throws SQLException {
    return new DeployableView(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getString(3),
        Reading.texts(row, 4),
        Objects.requireNonNull(Reading.json(row, 5)),
        Objects.requireNonNull(Reading.json(row, 6)),
        Reading.json(row, 7),
        row.getBoolean(8),
        Objects.requireNonNull(Reading.json(row, 9)),
        Reading.id(row, 10),
        row.getString(11),
        Reading.id(row, 12));
  }
}
