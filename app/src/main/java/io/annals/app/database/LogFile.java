package io.annals.app.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What another program logs, as far as one has to look at it. */
record LogFile(Path path) {
  /** A longer log is moved aside. */
  static final long MAX_BYTES = 16L * 1_024 * 1_024;

  /** How much is read to find the last lines. */
  private static final int END_BYTES = 64 * 1_024;

  private static final int LAST_LINES = 5;

  /** Makes room for a new log; the one before it replaces an older one. */
  void moveAsideIfLong() throws IOException {
    if (size() > MAX_BYTES) {
      Path aside = path.resolveSibling(path.getFileName() + ".1");
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** In bytes; nothing while there is no log. */
  long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /** The last lines of what was written from a place on. */
  String end(long start) throws IOException {
    if (!Files.exists(path)) {
      return "it wrote no log";
    }
    long size = Files.size(path);
    long from = Math.min(size, Math.max(start, size - END_BYTES));
    List<String> lines;
    try (InputStream file = Files.newInputStream(path)) {
      file.skipNBytes(from);
      lines = new String(file.readNBytes(END_BYTES), StandardCharsets.UTF_8).lines().toList();
    }
    return String.join(" ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
