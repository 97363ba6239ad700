package io.annals.app;

import io.annals.app.database.Database;
import io.annals.app.settings.Settings;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The few lines a person sees who starts the server. */
final class Terminal {
  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private Terminal() {}

  /** Says where the server listens and what to type next. */
  static void started(Settings settings, Database database, long nanos) {
    String url = ServerState.url(settings);
    OUT.printf("Annals listens on %s (after %d ms).%n", url, Duration.ofNanos(nanos).toMillis());
    OUT.printf("Its log is kept in the %s.%n", database.shown());
    OUT.printf("Next: export PREFECT_API_URL=%s%n", url);
    OUT.flush();
  }

  /** Says that jobs run, and where to ask how they are. */
  static void jobsRun(Settings settings, @Nullable Integer port) {
    OUT.println("The jobs run. Stop them with Ctrl-C or SIGTERM.");
    if (port != null) {
      OUT.printf("How they are: %s/ready?verbose%n", ServerState.url(settings, port));
    }
    OUT.flush();
  }

  /** Says something that deserves attention. */
  static void warn(String line) {
    ERR.println("annals: " + line);
  }

  /** Says one line that is no trouble. */
  static void say(String line) {
    OUT.println(line);
    OUT.flush();
  }

  /** Says why there is no server, and ends the process. */
  static void fail(StartupFailure failure) {
    warn(String.valueOf(failure.getMessage()));
    System.exit(failure.exitCode());
  }
}
