package io.annals.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running PostgreSQL says of itself in the file postmaster.pid, whose lines PostgreSQL
 * documents in miscadmin.h. A server that was killed leaves the file behind.
 *
 * @param file in the folder of its data
 */
record PostmasterFile(Path file) {
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  static PostmasterFile in(Path data) {
    return new PostmasterFile(data.resolve("postmaster.pid"));
  }

  /** The running postmaster; a recycled process id does not count. */
  Optional<ProcessHandle> process() {
    try {
      return line(PID_LINE)
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
          .filter(ProcessHandle::isAlive)
          .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
    } catch (IOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether it runs and lets clients in. */
  boolean isReady() throws IOException {
    return line(STATUS_LINE).filter("ready"::equals).isPresent() && process().isPresent();
  }

  /** The port of one that is ready. */
  int port() throws IOException {
    return line(PORT_LINE)
        .map(Integer::parseInt)
        .orElseThrow(() -> new IOException(file + " names no port"));
  }

  private Optional<String> line(int number) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.size() > number ? Optional.of(lines.get(number).strip()) : Optional.empty();
  }
}
