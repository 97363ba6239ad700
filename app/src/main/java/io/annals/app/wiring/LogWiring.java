package io.annals.app.wiring;

import io.annals.command.log.GroupCommitter;
import io.annals.command.log.LogEventStorageEngine;
import io.annals.command.log.LogLimits;
import io.annals.command.log.TimeOrderedIds;
import io.annals.events.Vocabulary;
import io.annals.events.log.EventCodec;
import io.annals.query.flowrun.FreshFlowRuns;
import io.annals.query.log.LogReader;
import io.annals.query.log.LogTail;
import io.annals.query.log.Projections;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log: its writer, its readers, and what they are made of. */
@Configuration(proxyBeanMethods = false)
class LogWiring {
  /** The smallest step of Prefect's timestamps and of PostgreSQL's. */
  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  @Bean
  InstantSource clock() {
    return Clock.tick(Clock.systemUTC(), MICROSECOND);
  }

  @Bean
  TimeOrderedIds ids() {
    return new TimeOrderedIds();
  }

  @Bean
  EventCodec eventCodec() {
    return new EventCodec(Vocabulary.FEATURES, List.of());
  }

  @Bean(destroyMethod = "close")
  GroupCommitter groupCommitter(
      @Qualifier("writerDataSource") DataSource writer,
      EventCodec codec,
      Projections projections,
      InstantSource clock,
      LogLimits limits,
      LogTail tail,
      FreshFlowRuns freshRuns,
      MeterRegistry meters) {
    GroupCommitter committer =
        new GroupCommitter(writer, codec, projections::project, clock, limits, meters);
    committer.listen(tail::committed);
    committer.listen((events, characters) -> freshRuns.committed(events));
    return committer;
  }

  @Bean
  LogEventStorageEngine logEventStorageEngine(
      GroupCommitter committer,
      @Qualifier("readerDataSource") DataSource reader,
      EventCodec codec) {
    return new LogEventStorageEngine(committer, reader, codec);
  }

  @Bean
  LogReader logReader(EventCodec codec) {
    return new LogReader(codec);
  }

  @Bean(destroyMethod = "close")
  LogTail logTail(@Qualifier("followerDataSource") DataSource followers, LogReader reader) {
    return new LogTail(followers, reader);
  }
}
