package io.annals.command.log;

import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One try to commit a batch: append and projections in one transaction. */
final class Attempt {
  private final List<Append> batch;
  private final LogEnd end;
  private final InlineProjections projections;
  private final Instant recorded;
  private final List<UUID> observed = new ArrayList<>();
  private List<LoggedEvent> logged = List.of();
  private boolean commitSent;

  Attempt(List<Append> batch, LogEnd end, InlineProjections projections, Instant now) {
    this.batch = batch;
    this.end = end;
    this.projections = projections;
    this.recorded = now.truncatedTo(ChronoUnit.MICROS);
    for (Append append : batch) {
      for (PendingEvent event : append.events()) {
        if (event.family() == Family.OBSERVED) {
          observed.add(event.id());
        }
      }
    }
  }

  /**
   * Commits the batch. Decisions of this node alone need no answer before the commit, so they are
   * one round trip; observed events are looked for first, with the log's end held.
   *
   * @return what was appended: everything but observed events that the log holds already
   */
  List<LoggedEvent> run(DataSource dataSource) throws SQLException {
    LogRows.Head assumed = observed.isEmpty() ? end.assumed() : null;
    if (assumed == null) {
      return write(dataSource, null);
    }
    try {
      return write(dataSource, assumed);
    } catch (SQLException failure) {
      if (!SqlFailure.isNullRefused(failure)) {
        throw failure;
      }
      end.beCautious();
      commitSent = false;
      return write(dataSource, null);
    }
  }

  private List<LoggedEvent> write(DataSource dataSource, LogRows.@Nullable Head assumed)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Transaction transaction = new Transaction(connection);
      try {
        append(transaction, assumed);
        return logged;
      } catch (SQLException | RuntimeException failure) {
        end.forget();
        rollback(transaction, failure);
        throw failure;
      }
    }
  }

  private void append(Transaction transaction, LogRows.@Nullable Head assumed) throws SQLException {
    LogRows.Head head = assumed == null ? LogRows.takeHead(transaction.connection()) : assumed;
    Set<UUID> known =
        observed.isEmpty() ? new HashSet<>() : LogRows.known(transaction.connection(), observed);
    List<StoredText> texts = new ArrayList<>();
    logged = positioned(head.position(), known, texts);
    LogRows.Head moved = head;
    if (!logged.isEmpty()) {
      moved = LogRows.insert(transaction, head, logged, texts);
      projections.project(transaction, logged);
    }
    commitSent = true;
    transaction.commit();
    end.movedTo(moved);
  }

  private static void rollback(Transaction transaction, Exception failure) {
    try {
      transaction.rollback();
    } catch (SQLException broken) {
      failure.addSuppressed(broken);
    }
  }

  /**
   * Gives positions to all but the observed events that the log holds already.
   *
   * @param texts takes the stored text of each event that got a position
   */
  private List<LoggedEvent> positioned(long last, Set<UUID> known, List<StoredText> texts) {
    List<LoggedEvent> events = new ArrayList<>();
    long position = last;
    for (Append append : batch) {
      for (int i = 0; i < append.events().size(); i++) {
        PendingEvent event = append.events().get(i);
        if (event.family() == Family.OBSERVED && !known.add(event.id())) {
          continue;
        }
        texts.add(append.texts().get(i));
        events.add(event.logged(++position, recorded));
      }
    }
    return events;
  }

  /** Whether the batch may be stored although the attempt failed. */
  boolean inDoubt() {
    return commitSent && !logged.isEmpty();
  }

  UUID lastId() {
    return logged.getLast().id();
  }

  List<LoggedEvent> logged() {
    return logged;
  }
}
