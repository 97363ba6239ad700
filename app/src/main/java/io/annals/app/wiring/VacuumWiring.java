package io.annals.app.wiring;

import io.annals.app.job.EventRetention;
import io.annals.app.job.FlowRunVacuum;
import io.annals.app.job.JobCommands;
import io.annals.app.job.OrphanVacuum;
import io.annals.app.job.Vacuum;
import io.annals.app.job.VacuumRound;
import io.annals.app.settings.Settings;
import io.annals.query.job.JobTurns;
import io.annals.query.sql.Database;
import io.annals.query.vacuum.ExpiredEvents;
import io.annals.query.vacuum.ExpiredRuns;
import io.annals.query.vacuum.Orphans;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Prefect's database vacuum. */
@Configuration(proxyBeanMethods = false)
class VacuumWiring {
  private static final String VACUUM = "server.services.db_vacuum.";

  /**
   * Everything that can be vacuumed.
   *
   * @param enabled those that the settings switch on
   */
  public record Vacuums(List<Vacuum> all, List<Vacuum> enabled) {}

  @Bean
  Vacuums vacuums(
      @Qualifier("vacuumDataSource") DataSource source, CommandGateway gateway, Settings settings) {
    Duration every = settings.duration(VACUUM + "loop_seconds");
    int batchSize = settings.integer(VACUUM + "batch_size");
    Database database = new Database(source, source);
    List<Vacuum> all =
        List.of(
            new EventRetention(
                new ExpiredEvents(source),
                new EventRetention.Settings(
                    every,
                    settings.duration("server.events.retention_period"),
                    settings.durations(VACUUM + "event_retention_overrides"),
                    batchSize)),
            new FlowRunVacuum(
                new ExpiredRuns(database),
                new JobCommands(gateway, "flow-run-vacuum"),
                new FlowRunVacuum.Settings(
                    every, settings.duration(VACUUM + "retention_period"), batchSize)),
            new OrphanVacuum(
                new Orphans(database),
                new JobCommands(gateway, "orphan-vacuum"),
                new OrphanVacuum.Settings(
                    settings.duration(VACUUM + "orphan_cleanup_loop_seconds"), batchSize)));
    return new Vacuums(all, all.stream().filter(each -> isEnabled(each, settings)).toList());
  }

  @Bean
  VacuumRound vacuumRound(Vacuums vacuums, JobTurns turns, InstantSource clock) {
    return new VacuumRound(vacuums.all(), vacuums.enabled(), turns, clock);
  }

  /** Who does not want Prefect's server to store events does not want it to drop them either. */
  private static boolean isEnabled(Vacuum vacuum, Settings settings) {
    return settings.words(VACUUM + "enabled").contains(vacuum.word())
        && (!(vacuum instanceof EventRetention)
            || settings.enabled("server.services.event_persister.enabled"));
  }
}
