package io.annals.app;

import io.annals.app.database.Database;
import io.annals.app.job.Vacuum.Finding;
import io.annals.app.job.VacuumRound;
import io.annals.app.job.VacuumRound.Line;
import io.annals.app.settings.Settings;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code ./annals vacuum}: says what is not kept any longer, and deletes it unless it is a dry run.
 * Beside servers that run it is one more node, whose commands they respect.
 */
final class VacuumCommand {
  private static final String NONE = "-";

  private final VacuumRound round;
  private final Consumer<String> say;

  private VacuumCommand(VacuumRound round, Consumer<String> say) {
    this.round = round;
    this.say = say;
  }

  /**
   * Does what the arguments say.
   *
   * @param say takes each line for people
   * @throws StartupFailure when something stays that should be gone
   */
  static void run(Arguments arguments, Settings settings, Consumer<String> say) {
    try (Database database = Database.openBeside(settings);
        ConfigurableApplicationContext context = Server.context(arguments, settings, database)) {
      VacuumCommand command = new VacuumCommand(context.getBean(VacuumRound.class), say);
      command.report();
      if (arguments.dryRun()) {
        say.accept("Nothing was deleted: this was a dry run.");
      } else {
        command.delete();
      }
    } catch (SQLException failure) {
      throw StartupFailure.because("The database cannot be vacuumed: " + failure.getMessage());
    }
  }

  private void report() {
    say.accept(row("what", "count", "oldest", "from before", "vacuum"));
    for (Line line : round.look()) {
      Finding finding = line.finding();
      say.accept(
          row(
              finding.what(),
              Long.toString(finding.leftover().count()),
              shown(finding.leftover().oldest()),
              shown(finding.before()),
              line.enabled() ? "on" : "off"));
    }
  }

  private void delete() throws SQLException {
    for (String name : round.run()) {
      say.accept("Left alone, since another process is at it: " + name);
    }
    long left =
        round.look().stream()
            .filter(Line::enabled)
            .mapToLong(line -> line.finding().leftover().count())
            .sum();
    if (left > 0) {
      throw StartupFailure.because("%d of these are still there.".formatted(left));
    }
    say.accept("Deleted: all of which the vacuum is on.");
  }

  private static String row(String what, String count, String oldest, String before, String goes) {
    return String.format(
        Locale.ROOT, "%-46s %10s  %-20s  %-20s  %s", what, count, oldest, before, goes);
  }

  private static String shown(@Nullable Instant time) {
    return time == null ? NONE : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
