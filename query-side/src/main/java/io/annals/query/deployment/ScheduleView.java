package io.annals.query.deployment;

import io.annals.events.log.EventCodec;
import io.annals.events.schedule.Schedule;
import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A schedule of a deployment as the API shows it. */
public record ScheduleView(
    UUID id,
    Instant created,
    Instant updated,
    UUID deploymentId,
    Schedule schedule,
    boolean active,
    @Nullable Integer maxScheduledRuns,
    RawJson parameters,
    @Nullable String slug) {
  static final String COLUMNS =
      """
      id, created, updated, deployment_id, schedule, active, max_scheduled_runs, parameters, slug
      """;

  static ScheduleView read(ResultSet row, int index) throws SQLException {
    return new ScheduleView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getObject(4, UUID.class),
        EventCodec.JSON.readValue(row.getString(5), Schedule.class),
        row.getBoolean(6),
        row.getObject(7, Integer.class),
        Objects.requireNonNull(Reading.json(row, 8)),
        row.getString(9));
  }
}
