package io.annals.app;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the command line says.
 *
 * @param command what to do
 * @param settings settings given as options, by their environment variables
 * @param services whether this server runs background jobs
 * @param rehearses whether it is only a rehearsal of the start
 * @param dryRun whether to say only what would be done
 */
record Arguments(
    Command command,
    Map<String, String> settings,
    boolean services,
    boolean rehearses,
    boolean dryRun) {
  private static final String REGISTER_BLOCKS = "PREFECT_SERVER_REGISTER_BLOCKS_ON_START";

  /** What the program can do. */
  enum Command {
    START,
    SERVICES,
    VERIFY_LOG,
    VACUUM
  }

  private static final Map<String, Command> COMMANDS =
      Map.of(
          "server start", Command.START,
          "services", Command.SERVICES,
          "services start", Command.SERVICES,
          "log verify", Command.VERIFY_LOG,
          "vacuum", Command.VACUUM);

  /**
   * Reads {@code server start --host 0.0.0.0 --port 4201 --no-services}, {@code services} and the
   * like.
   *
   * @throws StartupFailure for anything else
   */
  static Arguments parse(List<String> words) {
    int taken = wordsOfCommand(words);
    Command command =
        taken == 0 ? Command.START : COMMANDS.get(String.join(" ", words.subList(0, taken)));
    if (command == null) {
      throw unknown(String.join(" ", words.subList(0, taken)));
    }
    Map<String, String> settings = new HashMap<>();
    boolean services = command != Command.VACUUM;
    boolean rehearses = false;
    boolean dryRun = false;
    if (command == Command.VACUUM) {
      settings.put(REGISTER_BLOCKS, "false"); // it is about to delete, not to prepare
    }
    Iterator<String> options = words.subList(taken, words.size()).iterator();
    while (options.hasNext()) {
      String option = options.next();
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      switch (name) {
        case "--no-services" -> services = false;
        case "--rehearse" -> rehearses = true;
        case "--dry-run" -> dryRun = true;
        case "--host" -> settings.put("PREFECT_SERVER_API_HOST", value(option, equals, options));
        case "--port" -> settings.put("PREFECT_SERVER_API_PORT", value(option, equals, options));
        default -> throw unknown(option);
      }
    }
    if (dryRun && command != Command.VACUUM) {
      throw unknown("--dry-run"); // nobody must believe that something was only tried
    }
    return new Arguments(command, settings, services, rehearses, dryRun);
  }

  /** Options begin with a dash, and all that does not before them names the command. */
  private static int wordsOfCommand(List<String> words) {
    int count = 0;
    while (count < words.size() && !words.get(count).startsWith("-")) {
      count++;
    }
    return count;
  }

  private static String value(String option, int equals, Iterator<String> rest) {
    if (equals >= 0) {
      return option.substring(equals + 1);
    }
    if (!rest.hasNext()) {
      throw StartupFailure.wrongSetting(option + " needs a value: try './annals --help'.");
    }
    return rest.next();
  }

  private static StartupFailure unknown(String word) {
    return StartupFailure.wrongSetting("Unknown: %s. Try './annals --help'.".formatted(word));
  }
}
