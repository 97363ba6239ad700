package io.annals.app.wiring;

import io.annals.query.log.LogReader;
import io.annals.query.log.LogVerification;
import io.annals.query.log.ProjectionComparison;
import io.annals.query.log.Projections;
import io.annals.query.log.Rebuild;
import io.annals.query.log.RemovedEvents;
import io.annals.query.taskrun.LostReports;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Checks a whole log: its hashes, and that every projected table is the fold of it. */
public final class LogCheck {
  private static final String SERVED = "public";
  private static final String REBUILT = "annals_verify";

  private LogCheck() {}

  /**
   * What was found.
   *
   * @param lastPosition the last position that was folded
   * @param troubles one line for each thing that is wrong
   * @param taskRunsLeftOut task runs that were not compared, since reports of them were removed
   */
  public record Finding(long lastPosition, List<String> troubles, long taskRunsLeftOut) {
    /** Keeps a copy. */
    public Finding {
      troubles = List.copyOf(troubles);
    }
  }

  /** Checks everything; the schema it builds in is gone afterwards. */
  public static Finding check(DataSource dataSource) throws SQLException {
    Projections projections = new QueryWiring().projections();
    Rebuild rebuild = new Rebuild(projections, new LogReader(new LogWiring().eventCodec()));
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      List<String> troubles = new ArrayList<>();
      broken("domain", LogVerification.firstBrokenDomainEvent(connection), troubles);
      broken("observed", LogVerification.firstBrokenObservedEvent(connection), troubles);
      connection.commit();
      try {
        long rebuilt = rebuild.into(connection, REBUILT);
        // From here on all is seen as it was at one moment: servers may append meanwhile.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        long last = rebuild.goOn(connection, rebuilt);
        RemovedEvents removed = RemovedEvents.of(connection);
        if (removed.unexplained() > 0) {
          troubles.add(
              "%d events are missing that retention did not remove"
                  .formatted(removed.unexplained()));
        }
        long leftOut = removed.count() > 0 ? LostReports.leaveOut(connection, SERVED, REBUILT) : 0;
        troubles.addAll(ProjectionComparison.differences(connection, projections, SERVED, REBUILT));
        return new Finding(last, troubles, leftOut);
      } finally {
        connection.rollback();
        Rebuild.drop(connection, REBUILT);
      }
    }
  }

  private static void broken(String family, Optional<Long> position, List<String> troubles) {
    position.ifPresent(
        at -> troubles.add("the chain of %s events breaks at position %d".formatted(family, at)));
  }
}
