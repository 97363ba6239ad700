package io.annals.app.wiring;

import io.annals.app.job.JobCommands;
import io.annals.app.job.PolledQueues;
import io.annals.app.job.WorkersThatFallSilent;
import io.annals.app.job.WorkersThatFallSilent.Patience;
import io.annals.app.settings.Settings;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.deployment.JobVariables;
import io.annals.command.log.TimeOrderedIds;
import io.annals.command.workpool.MarkDeploymentsNotReady;
import io.annals.command.workpool.MarkDeploymentsReady;
import io.annals.command.workpool.WorkPool;
import io.annals.command.workpool.WorkPoolHandler;
import io.annals.command.workpool.WorkPoolPorts;
import io.annals.query.flowrun.DueRunQueries;
import io.annals.query.sql.Database;
import io.annals.query.workpool.QueuePolls;
import io.annals.query.workpool.SlotHolders;
import io.annals.query.workpool.WorkPoolQueries;
import io.annals.query.workpool.WorkPoolView;
import io.annals.query.workpool.WorkQueueQueries;
import io.annals.query.workpool.Workers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Work pools, queues and workers: who decides, who reads, and who looks after them. */
@Configuration(proxyBeanMethods = false)
class WorkPoolWiring {
  private static final String FOREMAN = "server.services.foreman.";

  @Bean
  WorkPoolQueries workPoolQueries(Database database) {
    return new WorkPoolQueries(database);
  }

  @Bean
  WorkQueueQueries workQueueQueries(Database database) {
    return new WorkQueueQueries(database);
  }

  @Bean
  SlotHolders slotHolders(Database database, InstantSource clock) {
    return new SlotHolders(database, clock);
  }

  @Bean
  DueRunQueries dueRunQueries(
      @Qualifier("lookupDataSource") DataSource lookups, InstantSource clock) {
    return new DueRunQueries(lookups, clock);
  }

  @Bean
  Workers workers(Database database, @Qualifier("lookupDataSource") DataSource lookups) {
    return new Workers(database, lookups, UUID::randomUUID);
  }

  @Bean
  QueuePolls queuePolls(@Qualifier("lookupDataSource") DataSource lookups) {
    return new QueuePolls(lookups);
  }

  @Bean
  WorkPoolHandler workPoolHandler(
      EntityHome home,
      WorkPoolQueries pools,
      Workers workers,
      QueuePolls polls,
      JobVariables jobVariables,
      KeyedLocks locks,
      TimeOrderedIds ids) {
    return home.subscribed(
        new WorkPoolHandler(
            home.of(WorkPool.KIND, WorkPoolHandler.MISSING),
            new WorkPoolPorts(
                name -> pools.byName(name).map(WorkPoolView::id),
                workers::anyOnline,
                polls::lastOf,
                jobVariables::flawOfDefaults),
            locks,
            ids));
  }

  @Bean
  PolledQueues polledQueues(
      QueuePolls polls,
      CommandGateway gateway,
      MarkDeploymentsReady markDeploymentsReady,
      InstantSource clock) {
    return new PolledQueues(
        polls, new JobCommands(gateway, "polled-queues"), markDeploymentsReady, clock);
  }

  /** Nothing where it is switched off: Spring leaves that out of the list of jobs. */
  @Bean
  @Nullable WorkersThatFallSilent workersThatFallSilent(
      Workers workers,
      QueuePolls polls,
      CommandGateway gateway,
      MarkDeploymentsNotReady markDeploymentsNotReady,
      Settings settings) {
    if (!settings.enabled(FOREMAN + "enabled")) {
      return null;
    }
    return new WorkersThatFallSilent(
        workers,
        polls,
        new JobCommands(gateway, "foreman"),
        markDeploymentsNotReady,
        new Patience(
            settings.duration(FOREMAN + "loop_seconds"),
            settings.integer(FOREMAN + "inactivity_heartbeat_multiple"),
            seconds(settings, "fallback_heartbeat_interval_seconds"),
            seconds(settings, "deployment_last_polled_timeout_seconds"),
            seconds(settings, "work_queue_last_polled_timeout_seconds")));
  }

  private static Duration seconds(Settings settings, String name) {
    return Duration.ofSeconds(settings.integer(FOREMAN + name));
  }
}
