package io.annals.app.wiring;

import io.annals.command.log.TimeOrderedIds;
import io.annals.query.artifact.ArtifactProjection;
import io.annals.query.block.BlockProjection;
import io.annals.query.concurrency.ConcurrencyLimitProjection;
import io.annals.query.configuration.ServerConfiguration;
import io.annals.query.csrf.CsrfTokens;
import io.annals.query.dashboard.DashboardQueries;
import io.annals.query.deployment.DeploymentProjection;
import io.annals.query.event.EventCounts;
import io.annals.query.event.EventQueries;
import io.annals.query.flow.FlowProjection;
import io.annals.query.flow.FlowQueries;
import io.annals.query.flowrun.FlowRunGraphs;
import io.annals.query.flowrun.FlowRunProjection;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.flowrun.FreshFlowRuns;
import io.annals.query.job.JobClaims;
import io.annals.query.log.Projections;
import io.annals.query.runlog.LogQueries;
import io.annals.query.runlog.LogWriter;
import io.annals.query.savedsearch.SavedSearchProjection;
import io.annals.query.sql.Database;
import io.annals.query.state.RunHistory;
import io.annals.query.state.StateQueries;
import io.annals.query.taskrun.TaskRunProjection;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskrun.TaskRunRecorder;
import io.annals.query.variable.VariableProjection;
import io.annals.query.workpool.WorkPoolProjection;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What reads: projections and queries. */
@Configuration(proxyBeanMethods = false)
class QueryWiring {
  /** The order matters: the recorder builds on the tables of the projections before it. */
  @Bean
  Projections projections() {
    return new Projections(
        List.of(
            new FlowProjection(),
            new FlowRunProjection(),
            new TaskRunProjection(),
            new TaskRunRecorder(),
            new ArtifactProjection(),
            new VariableProjection(),
            new SavedSearchProjection(),
            new ConcurrencyLimitProjection(),
            new DeploymentProjection(),
            new WorkPoolProjection(),
            new BlockProjection()));
  }

  @Bean
  Database readDatabase(
      @Qualifier("readerDataSource") DataSource filters,
      @Qualifier("lookupDataSource") DataSource lookups) {
    return new Database(filters, lookups);
  }

  @Bean
  FlowQueries flowQueries(Database database) {
    return new FlowQueries(database);
  }

  @Bean
  FlowRunQueries flowRunQueries(Database database, InstantSource clock) {
    return new FlowRunQueries(database, clock);
  }

  @Bean
  FreshFlowRuns freshFlowRuns(InstantSource clock) {
    return new FreshFlowRuns(clock);
  }

  @Bean
  TaskRunQueries taskRunQueries(Database database, InstantSource clock) {
    return new TaskRunQueries(database, clock);
  }

  @Bean
  DashboardQueries dashboardQueries(Database database) {
    return new DashboardQueries(database);
  }

  @Bean
  StateQueries flowRunStates(Database database) {
    return StateQueries.ofFlowRuns(database);
  }

  @Bean
  StateQueries taskRunStates(Database database) {
    return StateQueries.ofTaskRuns(database);
  }

  @Bean
  RunHistory flowRunHistory(Database database, InstantSource clock) {
    return new RunHistory(database, clock, "flow_run");
  }

  @Bean
  RunHistory taskRunHistory(Database database, InstantSource clock) {
    return new RunHistory(database, clock, "task_run");
  }

  @Bean
  FlowRunGraphs flowRunGraphs(
      Database database, @Qualifier("flowRunStates") StateQueries flowRunStates) {
    return new FlowRunGraphs(database, flowRunStates);
  }

  @Bean
  LogQueries logQueries(Database database) {
    return new LogQueries(database);
  }

  @Bean(destroyMethod = "close")
  LogWriter logWriter(
      @Qualifier("writerDataSource") DataSource writer, InstantSource clock, TimeOrderedIds ids) {
    return new LogWriter(writer, clock, ids);
  }

  @Bean
  EventQueries eventQueries(@Qualifier("readerDataSource") DataSource reader) {
    return new EventQueries(reader);
  }

  @Bean
  EventCounts eventCounts(@Qualifier("readerDataSource") DataSource reader) {
    return new EventCounts(reader);
  }

  @Bean
  CsrfTokens csrfTokens(@Qualifier("readerDataSource") DataSource reader, InstantSource clock) {
    return new CsrfTokens(JdbcClient.create(reader), clock, UUID::randomUUID);
  }

  @Bean
  ServerConfiguration serverConfiguration(@Qualifier("readerDataSource") DataSource reader) {
    return new ServerConfiguration(JdbcClient.create(reader));
  }

  @Bean
  JobClaims jobClaims(@Qualifier("jobDataSource") DataSource jobs) {
    return new JobClaims(jobs);
  }
}
