package io.annals.app;

/** Why the server cannot start, in one line that says what to do. */
public final class StartupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit code for something in the surroundings: the database, the port. */
  public static final int SURROUNDINGS = 1;

  /** The exit code for something the server was told: a setting, an argument. */
  public static final int SETTINGS = 2;

  private final int exitCode;

  private StartupFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The surroundings are not as the server needs them. */
  public static StartupFailure because(String message) {
    return new StartupFailure(SURROUNDINGS, message);
  }

  /** The server was told something it cannot follow. */
  public static StartupFailure wrongSetting(String message) {
    return new StartupFailure(SETTINGS, message);
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
