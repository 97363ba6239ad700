package io.annals.command.log;

import io.annals.command.decision.UnavailableException;
import io.annals.events.log.DomainEvent;
import io.annals.events.log.EventCodec;
import io.annals.events.log.Face;
import io.annals.events.log.Family;
import io.annals.events.log.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Axon's view of the log. Axon appends once per unit of work, on the caller's thread: here it joins
 * the group commit and waits until its events are durable.
 */
public final class LogEventStorageEngine implements EventStorageEngine {
  private static final String READ_STREAM =
      """
      SELECT version, event_id, type, revision, payload, metadata, occurred FROM event_log_domain
      WHERE stream = ? AND version >= ? ORDER BY version
      """;

  private static final String LAST_VERSION =
      "SELECT version FROM event_log_domain WHERE stream = ? ORDER BY version DESC LIMIT 1";

  private final GroupCommitter committer;
  private final DataSource dataSource;
  private final EventCodec codec;

  /**
   * Appends through the committer and reads streams from the data source.
   *
   * @param dataSource for reading; a pool of its own, apart from the committer's
   */
  public LogEventStorageEngine(GroupCommitter committer, DataSource dataSource, EventCodec codec) {
    this.committer = committer;
    this.dataSource = dataSource;
    this.codec = codec;
  }

  @Override
  public void appendEvents(List<? extends EventMessage<?>> messages) {
    List<PendingEvent> events = new ArrayList<>(messages.size());
    for (EventMessage<?> message : messages) {
      events.add(pending(message));
    }
    CompletableFuture<Void> done = committer.submit(events);
    try {
      done.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  private static PendingEvent pending(EventMessage<?> message) {
    if (!(message instanceof DomainEventMessage<?> domain)
        || !(message.getPayload() instanceof DomainEvent payload)) {
      throw new IllegalArgumentException("Not an event of an entity: " + message.getPayloadType());
    }
    @Nullable Face face = (Face) message.getMetaData().get(FaceKey.FACE);
    @Nullable Origin origin = (Origin) message.getMetaData().get(FaceKey.ORIGIN);
    return new PendingEvent(
        face != null ? face.id() : UUID.fromString(message.getIdentifier()),
        Family.DOMAIN,
        domain.getAggregateIdentifier(),
        domain.getSequenceNumber(),
        face != null ? face.occurred() : message.getTimestamp(),
        payload,
        origin != null ? origin : Origin.NONE,
        face);
  }

  @Override
  public DomainEventStream readEvents(String stream, long firstVersion) {
    List<DomainEventMessage<?>> events = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ_STREAM)) {
      statement.setString(1, stream);
      statement.setLong(2, firstVersion);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          events.add(message(stream, row));
        }
      }
    } catch (SQLException failure) {
      throw new UnavailableException("The log cannot be read", failure);
    }
    return DomainEventStream.of(events);
  }

  private DomainEventMessage<?> message(String stream, ResultSet row) throws SQLException {
    DomainEvent payload =
        codec.read(row.getString("type"), row.getInt("revision"), row.getString("payload"));
    return new GenericDomainEventMessage<>(
        "entity",
        stream,
        row.getLong("version"),
        payload,
        MetaData.with(FaceKey.ORIGIN, codec.readOrigin(row.getString("metadata"))),
        row.getString("event_id"),
        row.getObject("occurred", OffsetDateTime.class).toInstant());
  }

  @Override
  public Optional<Long> lastSequenceNumberFor(String stream) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LAST_VERSION)) {
      statement.setString(1, stream);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    } catch (SQLException failure) {
      throw new UnavailableException("The log cannot be read", failure);
    }
  }

  /** Streams of this server are short and cached; none is ever summed up in a snapshot. */
  @Override
  public void storeSnapshot(DomainEventMessage<?> snapshot) {
    throw new UnsupportedOperationException("The log keeps no snapshots");
  }

  @Override
  public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
    return Optional.empty();
  }

  /** Followers read by position instead, see the query side. */
  @Override
  public Stream<? extends TrackedEventMessage<?>> readEvents(
      @Nullable TrackingToken token, boolean mayBlock) {
    throw new UnsupportedOperationException("Followers read the log by position");
  }
}
