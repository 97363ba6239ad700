package io.annals.query.concurrency;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads how deployments limit the number of their runs. */
public final class DeploymentLimits {
  private static final String CANCEL_NEW = "CANCEL_NEW";

  private static final String LIMIT =
      """
      SELECT l.id, d.concurrency_options ->> 'collision_strategy',
             (d.concurrency_options ->> 'grace_period_seconds')::integer
      FROM deployment d
      LEFT JOIN concurrency_limit l ON l.id = d.concurrency_limit_id AND l.active
      WHERE %s
      """;

  private final Database database;

  /** Reads from one database. */
  public DeploymentLimits(Database database) {
    this.database = database;
  }

  /**
   * How a deployment limits its runs.
   *
   * @param limitId the limit that is enforced, null when none is
   * @param cancelsNew whether a run that finds no slot is cancelled rather than told to come back
   * @param gracePeriod how long a slot waits for its run to start, null for the server's default
   */
  public record DeploymentLimit(
      @Nullable UUID limitId, boolean cancelsNew, @Nullable Duration gracePeriod) {}

  /** The limit of a deployment; empty when there is no such deployment. */
  public Optional<DeploymentLimit> of(UUID deploymentId) {
    return database.lookup(
        LIMIT,
        Where.all().and("d.id = ?", deploymentId),
        (row, index) -> {
          int seconds = row.getInt(3);
          return new DeploymentLimit(
              row.getObject(1, UUID.class),
              CANCEL_NEW.equals(row.getString(2)),
              seconds == 0 ? null : Duration.ofSeconds(seconds));
        });
  }
}
