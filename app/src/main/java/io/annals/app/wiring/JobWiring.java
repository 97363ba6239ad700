package io.annals.app.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.http.HttpSettings;
import io.annals.app.http.Probe;
import io.annals.app.http.Readiness;
import io.annals.app.http.ReadinessCheck;
import io.annals.app.job.DaysAhead;
import io.annals.app.job.Job;
import io.annals.app.job.JobRunner;
import io.annals.app.job.JobRunner.JobStatus;
import io.annals.app.job.LeaseExpiry;
import io.annals.app.job.LogCleanup;
import io.annals.app.settings.Settings;
import io.annals.query.concurrency.SlotLedger;
import io.annals.query.job.JobTurns;
import io.annals.query.runlog.OrphanedLogs;
import io.annals.query.sql.DayPartitions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The jobs and their runner. */
@Configuration(proxyBeanMethods = false)
class JobWiring {
  private static final String REPOSSESSOR = "server.services.repossessor.";

  @Bean
  DaysAhead eventDays(@Qualifier("jobDataSource") DataSource jobs, InstantSource clock) {
    return begun(new DaysAhead("event-days", new DayPartitions(jobs, "event_log_observed")), clock);
  }

  @Bean
  DaysAhead logDays(@Qualifier("jobDataSource") DataSource jobs, InstantSource clock) {
    return begun(new DaysAhead("log-days", new DayPartitions(jobs, "log")), clock);
  }

  /** The first event or line finds its day, also on a server that runs no jobs. */
  private static DaysAhead begun(DaysAhead job, InstantSource clock) {
    job.run(clock.instant());
    return job;
  }

  @Bean
  LogCleanup logCleanup(@Qualifier("jobDataSource") DataSource jobs) {
    return new LogCleanup(new OrphanedLogs(jobs));
  }

  /** Nothing where it is switched off: Spring leaves that out of the list of jobs. */
  @Bean
  @Nullable LeaseExpiry leaseExpiry(SlotLedger ledger, Settings settings) {
    return settings.enabled(REPOSSESSOR + "enabled")
        ? new LeaseExpiry(ledger, settings.duration(REPOSSESSOR + "loop_seconds"))
        : null;
  }

  /** Jobs of which the settings say whether they are done at all. */
  record Jobs(List<Job> enabled) {}

  @Bean
  JobRunner jobRunner(
      List<Job> always,
      Jobs switched,
      VacuumWiring.Vacuums vacuums,
      JobTurns turns,
      @Qualifier("jobDataSource") HikariDataSource connections,
      InstantSource clock,
      MeterRegistry meters,
      @Value("${annals.services:true}") boolean services) {
    List<Job> jobs = new ArrayList<>(always);
    jobs.addAll(switched.enabled());
    jobs.addAll(vacuums.enabled());
    if (jobs.size() >= connections.getMaximumPoolSize()) {
      throw new IllegalStateException(
          "%d jobs could take all %d connections and wait for more"
              .formatted(jobs.size(), connections.getMaximumPoolSize()));
    }
    return new JobRunner(services ? jobs : List.of(), turns, clock, meters);
  }

  @Bean
  ReadinessCheck jobsAreNotStuck(JobRunner runner) {
    return () -> {
      String stuck =
          runner.statuses().stream()
              .filter(JobStatus::stuck)
              .map(JobStatus::job)
              .collect(Collectors.joining(", "));
      return stuck.isEmpty() ? null : "Jobs are stuck: " + stuck;
    };
  }

  @Bean
  Readiness readiness(List<ReadinessCheck> checks, JobRunner runner) {
    return new Readiness(checks, runner::statuses);
  }

  /** Whether anybody can ask this process otherwise is known by whoever starts it. */
  @Bean
  Probe probe(
      HttpSettings http,
      Settings settings,
      Readiness readiness,
      PrometheusMeterRegistry meters,
      JsonMapper json,
      @Value("${annals.probe:false}") boolean wanted) {
    return new Probe(
        http,
        settings.text("server.api.host"),
        wanted ? settings.integerOrNull("annals.services_port") : null,
        readiness,
        meters,
        json);
  }
}
