package io.annals.app.wiring;

import io.annals.app.job.TaskDeliveryCleanup;
import io.annals.app.stream.ScheduledTaskRuns;
import io.annals.query.log.LogTail;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskworker.TaskRunDeliveries;
import io.annals.query.taskworker.TaskWorkers;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Task workers and what is sent to them. */
@Configuration(proxyBeanMethods = false)
class TaskWorkerWiring {
  @Bean
  TaskRunDeliveries taskRunDeliveries(@Qualifier("lookupDataSource") DataSource lookups) {
    return new TaskRunDeliveries(lookups, ScheduledTaskRuns.LEASE);
  }

  @Bean
  TaskWorkers taskWorkers(@Qualifier("lookupDataSource") DataSource lookups) {
    return new TaskWorkers(lookups);
  }

  @Bean(destroyMethod = "close")
  ScheduledTaskRuns scheduledTaskRuns(
      LogTail tail,
      TaskRunDeliveries deliveries,
      TaskWorkers workers,
      TaskRunQueries taskRuns,
      MeterRegistry meters) {
    return new ScheduledTaskRuns(tail, deliveries, workers, taskRuns, meters);
  }

  @Bean
  TaskDeliveryCleanup taskDeliveryCleanup(TaskRunDeliveries deliveries, TaskWorkers workers) {
    return new TaskDeliveryCleanup(deliveries, workers);
  }
}
