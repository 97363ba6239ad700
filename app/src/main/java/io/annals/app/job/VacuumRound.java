package io.annals.app.job;

import io.annals.app.job.Vacuum.Finding;
import io.annals.query.job.JobTurns;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All vacuums once, out of their turn, for somebody who asks: what they find, and what they do. */
public final class VacuumRound {
  private final List<Vacuum> all;
  private final List<Vacuum> enabled;
  private final JobTurns turns;
  private final InstantSource clock;

  /** Looks for all, and deletes for those that are enabled. */
  public VacuumRound(List<Vacuum> all, List<Vacuum> enabled, JobTurns turns, InstantSource clock) {
    this.all = List.copyOf(all);
    this.enabled = List.copyOf(enabled);
    this.turns = turns;
    this.clock = clock;
  }

  /**
   * A finding, and whether it would be deleted.
   *
   * @param enabled whether the settings want it deleted
   */
  public record Line(Finding finding, boolean enabled) {}

  /** What there is to delete. */
  public List<Line> look() {
    List<Line> lines = new ArrayList<>();
    for (Vacuum vacuum : all) {
      for (Finding finding : vacuum.findings(clock.instant())) {
        lines.add(new Line(finding, enabled.contains(vacuum)));
      }
    }
    return lines;
  }

  /**
   * Deletes it, apart from what another node is deleting at this moment.
   *
   * @return the names of vacuums that another node runs now
   */
  public List<String> run() throws SQLException {
    List<String> elsewhere = new ArrayList<>();
    for (Vacuum vacuum : enabled) {
      if (!turns.alone(vacuum.name(), () -> vacuum.run(clock.instant()))) {
        elsewhere.add(vacuum.name());
      }
    }
    return elsewhere;
  }
}
