package io.annals.app.log;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.command.log.GroupCommitter;
import io.annals.command.log.InlineProjections;
import io.annals.command.log.LogEventStorageEngine;
import io.annals.command.log.LogLimits;
import io.annals.command.log.TimeOrderedIds;
import io.annals.events.Vocabulary;
import io.annals.events.flow.FlowEvent.FlowTagged;
import io.annals.events.log.EventCodec;
import io.annals.events.log.Face;
import io.annals.events.log.Origin;
import io.annals.query.log.LogReader;
import io.annals.query.log.LogTail;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import tools.jackson.databind.node.JsonNodeFactory;

/** One server's log over a database, without the rest of the server. */
final class TestNode implements AutoCloseable {
  static final EventCodec CODEC = new EventCodec(Vocabulary.FEATURES, List.of());
  private static final TimeOrderedIds IDS = new TimeOrderedIds();

  final HikariDataSource writer;
  final HikariDataSource reader;
  final GroupCommitter committer;
  final LogEventStorageEngine engine;
  final LogTail tail;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  TestNode(String url, InlineProjections projections) {
    this(url, projections, LogLimits.DEFAULT);
  }

  TestNode(String url, InlineProjections projections, LogLimits limits) {
    writer = TestPostgres.writer(url);
    reader = TestPostgres.reader(url);
    committer =
        new GroupCommitter(writer, CODEC, projections, InstantSource.system(), limits, meters);
    engine = new LogEventStorageEngine(committer, reader, CODEC);
    tail = new LogTail(reader, new LogReader(CODEC));
    committer.listen(tail::committed);
  }

  /** Appends one event to a stream and waits for its commit. */
  void append(String stream, long version, String tag) {
    FlowTagged event = new FlowTagged(UUID.randomUUID(), List.of(tag));
    engine.appendEvents(List.of(new GenericDomainEventMessage<>("test", stream, version, event)));
  }

  /** Appends an observed event. */
  Future<Void> appendObserved() {
    return committer.append(List.of(observed(newId(), "a.b")), Origin.NONE);
  }

  static Face observed(UUID id, String name) {
    return new Face(
        id,
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        name,
        Map.of(Face.RESOURCE_ID, "test." + id),
        List.of(),
        JsonNodeFactory.instance.objectNode().put("n", 1.50),
        null);
  }

  static UUID newId() {
    return IDS.get();
  }

  @Override
  public void close() {
    tail.close();
    committer.close();
    writer.close();
    reader.close();
  }
}
