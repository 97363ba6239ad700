package io.annals.app.wiring;

import io.annals.command.decision.KeyedLocks;
import io.annals.command.flow.FindFlowByName;
import io.annals.command.flow.FlowAggregate;
import io.annals.command.flow.FlowHandler;
import io.annals.command.flowrun.FlowRunAggregate;
import io.annals.command.flowrun.FlowRunHandler;
import io.annals.command.flowrun.FlowRunPorts;
import io.annals.command.flowrun.RunNames;
import io.annals.command.log.TimeOrderedIds;
import io.annals.command.taskrun.TaskRunAggregate;
import io.annals.command.taskrun.TaskRunHandler;
import io.annals.command.taskrun.TaskRunPorts;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What decides: one repository and one handler per kind of entity, subscribed to the bus. */
@Configuration(proxyBeanMethods = false)
@Import(EntityHome.class)
class CommandWiring {
  @Bean
  KeyedLocks keyedLocks() {
    return new KeyedLocks();
  }

  /** Names need not be unpredictable, only various; this source may be shared by threads. */
  @Bean
  RunNames runNames() {
    return new RunNames(new Random());
  }

  @Bean
  FlowHandler flowHandler(
      EntityHome home, FindFlowByName findFlowByName, KeyedLocks locks, InstantSource clock) {
    return home.subscribed(
        new FlowHandler(
            home.of(FlowAggregate.class), findFlowByName, locks, clock, UUID::randomUUID));
  }

  @Bean
  FlowRunHandler flowRunHandler(
      EntityHome home,
      FlowRunPorts ports,
      InstantSource clock,
      TimeOrderedIds ids,
      RunNames names) {
    // Locks of its own: runs are created by commands that may hold another one already.
    return home.subscribed(
        new FlowRunHandler(
            home.of(FlowRunAggregate.class), ports, new KeyedLocks(), clock, ids, names));
  }

  @Bean
  Repository<TaskRunAggregate> taskRuns(EntityHome home) {
    return home.of(TaskRunAggregate.class);
  }

  @Bean
  TaskRunHandler taskRunHandler(
      EntityHome home,
      Repository<TaskRunAggregate> taskRuns,
      TaskRunPorts ports,
      KeyedLocks locks,
      InstantSource clock,
      TimeOrderedIds ids,
      RunNames names) {
    return home.subscribed(
        new TaskRunHandler(taskRuns, ports, locks, clock, ids, names, new Random()::nextDouble));
  }
}
