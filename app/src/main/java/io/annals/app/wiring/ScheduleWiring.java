package io.annals.app.wiring;

import io.annals.app.job.CancellationCleanup;
import io.annals.app.job.Job;
import io.annals.app.job.JobCommands;
import io.annals.app.job.LateRuns;
import io.annals.app.job.PauseExpirations;
import io.annals.app.job.ScheduleRuns;
import io.annals.app.job.SilentRuns;
import io.annals.app.settings.Settings;
import io.annals.command.deployment.Deployment;
import io.annals.command.deployment.DeploymentPlanningHandler;
import io.annals.command.deployment.MissedDates;
import io.annals.command.entity.Entities;
import io.annals.command.flowrun.FlowRunAggregate;
import io.annals.command.flowrun.FlowRunPlanningHandler;
import io.annals.command.flowrun.RunNames;
import io.annals.command.log.TimeOrderedIds;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.query.deployment.PlanningQueries;
import io.annals.query.overdue.OverdueQueries;
import io.annals.query.sql.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the server does about runs by itself: it plans them, and moves on those that stand still.
 */
@Configuration(proxyBeanMethods = false)
class ScheduleWiring {
  private static final String SERVICES = "server.services.";

  /** How often is looked for runs without heartbeats. */
  private static final Duration SILENCE_LOOP = Duration.ofSeconds(15);

  @Bean
  PlanningQueries planningQueries(Database database) {
    return new PlanningQueries(database);
  }

  @Bean
  OverdueQueries overdueQueries(Database database) {
    return new OverdueQueries(database);
  }

  @Bean
  DeploymentPlanningHandler deploymentPlanningHandler(
      EntityHome home,
      Entities<Deployment, DeploymentEvent> deployments,
      PlanningQueries planned,
      InstantSource clock,
      TimeOrderedIds ids,
      RunNames names) {
    FlowRunPlanningHandler flowRuns =
        new FlowRunPlanningHandler(home.of(FlowRunAggregate.class), clock, ids, names);
    return home.subscribed(
        new DeploymentPlanningHandler(deployments, planned::takenKeys, flowRuns));
  }

  @Bean
  ScheduleRuns.Settings scheduleSettings(Settings settings) {
    String scheduler = SERVICES + "scheduler.";
    return new ScheduleRuns.Settings(
        settings.duration(scheduler + "loop_seconds"),
        settings.duration(scheduler + "recent_deployments_loop_seconds"),
        settings.integer(scheduler + "deployment_batch_size"),
        settings.integer(scheduler + "min_runs"),
        settings.integer(scheduler + "max_runs"),
        settings.duration(scheduler + "min_scheduled_time"),
        settings.duration(scheduler + "max_scheduled_time"),
        MissedDates.valueOf(settings.text("annals.missed_dates").toUpperCase(Locale.ROOT)));
  }

  /** Prefect's services, each with its own switch. */
  @Bean
  JobWiring.Jobs runJobs(
      PlanningQueries deployments,
      OverdueQueries runs,
      CommandGateway gateway,
      ScheduleRuns.Settings schedule,
      Settings settings) {
    List<Job> jobs = new ArrayList<>();
    if (enabled(settings, "scheduler")) {
      JobCommands commands = new JobCommands(gateway, "schedule-runs");
      jobs.add(ScheduleRuns.all(deployments, commands, schedule));
      jobs.add(ScheduleRuns.recent(deployments, commands, schedule));
    }
    if (enabled(settings, "late_runs")) {
      jobs.add(
          new LateRuns(
              runs,
              new JobCommands(gateway, "late-runs"),
              loop(settings, "late_runs"),
              settings.duration(SERVICES + "late_runs.after_seconds")));
    }
    if (enabled(settings, "pause_expirations")) {
      jobs.add(
          new PauseExpirations(
              runs,
              new JobCommands(gateway, "pause-expirations"),
              loop(settings, "pause_expirations")));
    }
    if (enabled(settings, "cancellation_cleanup")) {
      jobs.add(
          new CancellationCleanup(
              runs,
              new JobCommands(gateway, "cancellation-cleanup"),
              new CancellationCleanup.Settings(
                  loop(settings, "cancellation_cleanup"),
                  settings.duration(
                      SERVICES + "cancellation_cleanup.cancelling_timeout_seconds"))));
    }
    settings
        .optionalDuration("annals.flow_run_silence_seconds")
        .ifPresent(
            patience ->
                jobs.add(
                    new SilentRuns(
                        runs, new JobCommands(gateway, "silent-runs"), SILENCE_LOOP, patience)));
    return new JobWiring.Jobs(jobs);
  }

  private static boolean enabled(Settings settings, String service) {
    return settings.enabled(SERVICES + service + ".enabled");
  }

  private static Duration loop(Settings settings, String service) {
    return settings.duration(SERVICES + service + ".loop_seconds");
  }
}
