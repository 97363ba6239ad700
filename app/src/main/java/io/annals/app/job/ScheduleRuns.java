package io.annals.app.job;

import io.annals.command.deployment.DeploymentCommand.PlanRuns;
import io.annals.command.deployment.MissedDates;
import io.annals.query.deployment.PlanningQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans runs ahead (Prefect's schedulers): of all deployments that have too few, every minute, and
 * of those that changed a moment ago, every few seconds.
 */
public final class ScheduleRuns implements Job {
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final String name;
  private final Duration every;
  private final Finding finding;
  private final JobCommands commands;
  private final Settings settings;

  /** Which deployments are looked at. */
  private interface Finding {
    List<UUID> find(Instant now, @Nullable UUID after, int limit);
  }

  /**
   * How far is planned.
   *
   * @param loop the interval of the main loop
   * @param recentLoop the interval for deployments that changed
   * @param batchSize deployments looked at together
   * @param missed what becomes of dates that passed during an outage
   */
  public record Settings(
      Duration loop,
      Duration recentLoop,
      int batchSize,
      int minRuns,
      int maxRuns,
      Duration minScheduledTime,
      Duration maxScheduledTime,
      MissedDates missed) {}

  private ScheduleRuns(
      String name, Duration every, Finding finding, JobCommands commands, Settings settings) {
    this.name = name;
    this.every = every;
    this.finding = finding;
    this.commands = commands;
    this.settings = settings;
  }

  /** Looks at every deployment with too few runs ahead. */
  public static ScheduleRuns all(
      PlanningQueries deployments, JobCommands commands, Settings settings) {
    return new ScheduleRuns(
        "schedule-runs",
        settings.loop(),
        (now, after, limit) ->
            deployments.due(
                now, settings.minRuns(), now.plus(settings.minScheduledTime()), after, limit),
        commands,
        settings);
  }

  /** Looks at deployments that changed since the last time. */
  public static ScheduleRuns recent(
      PlanningQueries deployments, JobCommands commands, Settings settings) {
    return new ScheduleRuns(
        "schedule-recent-deployments",
        settings.recentLoop(),
        (now, after, limit) ->
            deployments.changed(now.minus(settings.recentLoop()).minus(MARGIN), after, limit),
        commands,
        settings);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void run(Instant now) {
    commands.forEach(
        Pages.of(
            settings.batchSize(),
            (after, limit) -> finding.find(now, after, limit),
            Function.<UUID>identity()),
        id -> commands.tell(plan(id, now)));
  }

  private PlanRuns plan(UUID deploymentId, Instant now) {
    return new PlanRuns(
        deploymentId,
        now,
        now.plus(settings.maxScheduledTime()),
        settings.minScheduledTime(),
        settings.minRuns(),
        settings.maxRuns(),
        settings.missed(),
        false);
  }
}
