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
 */
record Arguments(
    Command command, Map<String, String> settings, boolean services, boolean rehearses) {
  /** What the program can do. */
  enum Command {
    START,
    SERVICES,
    VERIFY_LOG
  }

  /**
   * Reads {@code server start --host 0.0.0.0 --port 4201 --no-services}, {@code services} and the
   * like.
   *
   * @throws StartupFailure for anything else
   */
  static Arguments parse(List<String> words) {
    Command command = Command.START;
    int taken = 0;
    if (!words.isEmpty() && words.getFirst().equals("services")) {
      command = Command.SERVICES;
      taken = words.size() > 1 && words.get(1).equals("start") ? 2 : 1;
    } else if (words.size() >= 2 && !words.getFirst().startsWith("-")) {
      command =
          switch (words.get(0) + " " + words.get(1)) {
            case "server start" -> Command.START;
            case "log verify" -> Command.VERIFY_LOG;
            default -> throw unknown(words.get(0) + " " + words.get(1));
          };
      taken = 2;
    }
    Map<String, String> settings = new HashMap<>();
    boolean services = true;
    boolean rehearses = false;
    Iterator<String> options = words.subList(taken, words.size()).iterator();
    while (options.hasNext()) {
      String option = options.next();
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      switch (name) {
        case "--no-services" -> services = false;
        case "--rehearse" -> rehearses = true;
        case "--host" -> settings.put("PREFECT_SERVER_API_HOST", value(option, equals, options));
        case "--port" -> settings.put("PREFECT_SERVER_API_PORT", value(option, equals, options));
        default -> throw unknown(option);
      }
    }
    return new Arguments(command, settings, services, rehearses);
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
