package io.annals.app.database;

import io.annals.app.StartupFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that comes with Annals, over one folder: {@code data} with its files, {@code
 * password} and {@code server.log}, of which one older part is kept. It is reachable from this
 * machine only, and only with the password that lies in the folder. When it dies it is started
 * again, where it was.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 5;
  private static final int PASSWORD_BYTES = 24;
  private static final String USER = "annals";
  private static final String DATABASE = "postgres";
  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final PostgresBinaries binaries;
  private final FileChannel lockFile;
  private final PostmasterFile postmaster;
  private @Nullable PostmasterWatch watch;
  private int port;

  private EmbeddedServer(Path folder, PostgresBinaries binaries, FileChannel lockFile) {
    this.folder = folder;
    this.binaries = binaries;
    this.lockFile = lockFile;
    this.postmaster = PostmasterFile.in(data(folder));
  }

  /**
   * Starts PostgreSQL over a folder, which is made when it does not exist.
   *
   * @throws StartupFailure when another server uses the folder, or PostgreSQL does not start
   */
  public static EmbeddedServer start(Path folder) {
    FileChannel lock = null;
    boolean started = false;
    try {
      createPrivate(folder);
      lock = lock(folder);
      EmbeddedServer server = new EmbeddedServer(folder, PostgresBinaries.below(folder), lock);
      server.prepare();
      server.launch();
      server.watch =
          new PostmasterWatch(
              () -> server.pid().isPresent(), server::restart, PostmasterWatch.LOOKS_EVERY);
      started = true;
      return server;
    } catch (IOException failure) {
      throw StartupFailure.because(
          "The embedded PostgreSQL in %s cannot start: %s".formatted(folder, failure));
    } finally {
      if (!started) {
        closeQuietly(lock);
      }
    }
  }

  /** Where it listens, and how to be let in. */
  public DatabaseAddress address() {
    return address(folder, port);
  }

  /** Where the one over a folder listens that another process has started, if it runs. */
  static Optional<DatabaseAddress> running(Path folder) {
    PostmasterFile postmaster = PostmasterFile.in(data(folder));
    try {
      return postmaster.isReady()
          ? Optional.of(address(folder, postmaster.port()))
          : Optional.empty();
    } catch (IOException failure) {
      throw StartupFailure.because("%s cannot be read: %s".formatted(postmaster.file(), failure));
    }
  }

  private static DatabaseAddress address(Path folder, int port) {
    Path file = passwordFile(folder);
    try {
      String password = Files.readString(file).strip();
      return new DatabaseAddress(
          LOOPBACK, port, DATABASE, USER, password, Map.of("sslmode", "disable"));
    } catch (IOException failure) {
      throw StartupFailure.because("%s cannot be read: %s".formatted(file, failure));
    }
  }

  /** The process id of its postmaster, if it runs. */
  public Optional<Long> pid() {
    return postmaster.process().map(ProcessHandle::pid);
  }

  /** Stops it: running statements are ended, everything committed is kept. */
  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    try {
      stopPostmaster();
    } finally {
      closeQuietly(lockFile);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      // Falls through: somebody has it.
    }
    if (lock == null) {
      String owner = Files.readString(file).strip();
      channel.close();
      throw StartupFailure.because(
          "Another Annals server (process %s) already uses %s: stop it with './annals server stop',"
                  .formatted(owner, folder)
              + " or set ANNALS_HOME to another folder.");
    }
    channel.truncate(0);
    channel.write(
        StandardCharsets.UTF_8.encode(Long.toString(ProcessHandle.current().pid()) + "\n"));
    return channel;
  }

  private void prepare() throws IOException {
    stopPostmaster();
    Files.deleteIfExists(postmaster.file());
    if (!Files.exists(data())) {
      initialize();
    }
    String major = Files.readString(data().resolve("PG_VERSION")).strip();
    if (!PostgresBinaries.VERSION.startsWith(major + ".")) {
      throw StartupFailure.because(
          "%s was written by PostgreSQL %s, and this Annals comes with %s: set ANNALS_HOME to"
                  .formatted(data(), major, PostgresBinaries.VERSION)
              + " another folder, or upgrade the data with pg_upgrade.");
    }
  }

  private void initialize() throws IOException {
    Path unfinished = folder.resolve("data.unfinished");
    run("rm", "-rf", unfinished.toString());
    writePassword();
    List<String> command =
        asUser(
            binaries.program("initdb"),
            "--pgdata=" + unfinished,
            "--username=" + USER,
            "--pwfile=" + passwordFile(folder),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--set=scram_iterations=1");
    run(command.toArray(String[]::new));
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void writePassword() throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Files.deleteIfExists(passwordFile(folder));
    Files.createFile(
        passwordFile(folder),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile(folder), HexFormat.of().formatHex(random) + "\n");
  }

  private void launch() throws IOException {
    port = choosePort();
    Files.writeString(data().resolve("postgresql.conf"), PostgresConfiguration.text(port));
    LogFile log = new LogFile(log());
    log.moveAsideIfLong();
    long logStart = log.size();
    startPostmaster("--no-wait");
    long deadline = System.nanoTime() + START_WITHIN.toNanos();
    while (!postmaster.isReady()) {
      if (System.nanoTime() > deadline || hasGivenUp(log, logStart)) {
        throw StartupFailure.because(
            "The embedded PostgreSQL in %s did not start: %s".formatted(folder, log.end(logStart)));
      }
      pause();
    }
  }

  /** On the port it had, which clients hold on to. Its log already tells of the death before. */
  private void restart() throws IOException {
    Files.deleteIfExists(postmaster.file());
    startPostmaster("--wait", "--timeout=" + START_WITHIN.toSeconds());
  }

  /** pg_ctl gives PostgreSQL a session of its own: Ctrl-C is for this server, which stops it. */
  private void startPostmaster(String... options) throws IOException {
    List<String> command = new ArrayList<>(asUser(binaries.program("pg_ctl"), "start", "--silent"));
    command.addAll(List.of(options));
    command.add("--pgdata=" + data());
    command.add("--log=" + log());
    run(command.toArray(String[]::new));
  }

  private boolean hasGivenUp(LogFile log, long start) throws IOException {
    return postmaster.process().isEmpty() && log.end(start).contains("FATAL");
  }

  private int choosePort() throws IOException {
    Path remembered = folder.resolve("port");
    if (Files.exists(remembered)) {
      int last = Integer.parseInt(Files.readString(remembered).strip());
      if (isFree(last)) {
        return last;
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
      Files.writeString(remembered, socket.getLocalPort() + "\n");
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral(LOOPBACK))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private void stopPostmaster() {
    ProcessHandle running = postmaster.process().orElse(null);
    if (running == null) {
      return;
    }
    try {
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
      run("kill", "-INT", Long.toString(running.pid()));
      running.onExit().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Exception stuck) {
      // Its own crash recovery makes this as safe as a power cut.
      running.destroyForcibly();
    }
  }

  /** PostgreSQL refuses to run as root; in a user namespace of its own it does not notice. */
  private static List<String> asUser(String... command) {
    List<String> all = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      all.add("unshare");
      all.add("--user");
    }
    all.addAll(List.of(command));
    return all;
  }

  private void run(String... command) throws IOException {
    Path output = folder.resolve("command.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    try {
      int code = builder.start().waitFor();
      if (code != 0) {
        throw StartupFailure.because(
            "%s ended with %d: %s"
                .formatted(String.join(" ", command), code, new LogFile(output).end(0)));
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while running " + command[0], stopping);
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for PostgreSQL", stopping);
    }
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  private Path data() {
    return data(folder);
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  private static Path passwordFile(Path folder) {
    return folder.resolve("password");
  }

  private static void createPrivate(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException alreadyGone) {
      // Nothing is left to release.
    }
  }
}
