package io.annals.app;

import io.annals.app.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file by which {@code annals server status} and {@code stop} find a running server. */
final class ServerState {
  private static final String DEFAULT_PREFIX = "/api";

  private final Path file;

  private ServerState(Path file) {
    this.file = file;
  }

  /** Says that this process serves. */
  static ServerState write(Settings settings) {
    Path home = settings.path("annals.home");
    ServerState state = new ServerState(home.resolve("server.json"));
    try {
      Files.createDirectories(home);
      Path unfinished = home.resolve("server.json.unfinished");
      // One line and this order: the shell script reads it without a JSON parser.
      Files.writeString(
          unfinished,
          "{\"pid\": %d, \"url\": \"%s\"}\n"
              .formatted(ProcessHandle.current().pid(), url(settings)));
      Files.move(unfinished, state.file, StandardCopyOption.ATOMIC_MOVE);
      return state;
    } catch (IOException failure) {
      throw StartupFailure.because("%s cannot be written: %s".formatted(state.file, failure));
    }
  }

  /** The address clients on this machine use. */
  static String url(Settings settings) {
    return url(settings, settings.integer("server.api.port"));
  }

  /** The same for something else that listens. */
  static String url(Settings settings, int port) {
    String host = settings.text("server.api.host");
    String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    String shown = reachable.contains(":") ? "[" + reachable + "]" : reachable;
    String prefix = settings.textOrNull("server.api.base_path");
    return "http://%s:%d%s"
        .formatted(shown, port, prefix == null || prefix.isEmpty() ? DEFAULT_PREFIX : prefix);
  }

  /** Says that it does not serve any more. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // A stale file is recognised by its dead process.
    }
  }
}
