package io.sluice.embedded.process;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A process of ours: its output in a file, remembered on disk so that it is found after a crash, and ended with us
/// where the system can do that.
public final class ChildProcess implements AutoCloseable {

  private static final long LOG_SIZE_BYTES = 8L << 20;

  /// Children ask the kernel for a signal when the *thread* that made them ends, so all are made by one that stays.
  private static final ExecutorService PARENT =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("parent-of-child-processes").daemon().factory());

  private final ChildCommand command;
  private final Process process;
  private final ProcessIdentity identity;

  private ChildProcess(ChildCommand command, Process process, ProcessIdentity identity) {
    this.command = command;
    this.process = process;
    this.identity = identity;
  }

  /// Ends what an earlier run left behind under this name, then starts the command. The caller holds the
  /// [DirectoryLock] of the directory or knows otherwise that such a process is an orphan.
  public static ChildProcess start(ChildCommand command) throws IOException {
    Files.createDirectories(command.directory());
    Files.createDirectories(command.logDirectory());
    stopOrphan(command);
    turnLog(command.logFile());
    ProcessBuilder builder =
        new ProcessBuilder(diesWithParent(command))
            .directory(command.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(command.logFile().toFile()));
    builder.environment().putAll(command.environment());
    Process process = startInParentThread(builder);
    // Gone already? Then awaitReady tells why it ended.
    ProcessIdentity identity =
        ProcessIdentity.of(process.pid()).orElse(new ProcessIdentity(process.pid(), "ended"));
    command.pidFile().write(identity);
    return new ChildProcess(command, process, identity);
  }

  /// Ends the process that an earlier run started under this name, if it still runs.
  public static void stopOrphan(ChildCommand command) throws IOException {
    Optional<ProcessIdentity> orphan = command.pidFile().running();
    if (orphan.isPresent()) {
      Stopping.stop(orphan.get(), command.stopSignal(), command.grace());
    }
    command.pidFile().delete();
  }

  /// The process number.
  public long pid() {
    return process.pid();
  }

  /// Whether it runs. Java learns of an end a moment after the system does.
  public boolean isAlive() {
    return process.isAlive() && identity.isRunning();
  }

  /// Waits until the child is ready. One that is not is gone when this throws.
  ///
  /// @throws IOException with the end of its output, if it ends or is not ready in time
  public void awaitReady(Duration limit, BooleanSupplier ready) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!ready.getAsBoolean()) {
        if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
          throw new IOException(
              command.name() + " ended with " + process.exitValue() + lastWords());
        }
        if (System.nanoTime() - deadline > 0) {
          close();
          throw new IOException(command.name() + " was not ready after " + limit + lastWords());
        }
      }
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while starting " + command.name())
              .initCause(interrupted);
    }
  }

  /// Asks it to end, insists after its grace, and returns when it is gone.
  @Override
  public void close() throws IOException {
    Stopping.stop(identity, command.stopSignal(), command.grace());
    command.pidFile().delete();
  }

  private String lastWords() throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(command.logFile()), StandardCharsets.UTF_8).lines().toList();
    return "; its last words ("
        + command.logFile()
        + "):\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private static Process startInParentThread(ProcessBuilder builder) throws IOException {
    try {
      return PARENT.submit(builder::start).get();
    } catch (ExecutionException failed) {
      throw new IOException("cannot start " + builder.command().getFirst(), failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
    }
  }

  /// The child ends when we do, and only then: in a session of its own it does not hear the terminal's Ctrl-C, which is
  /// meant for us; whom to stop first is ours to say.
  private static List<String> diesWithParent(ChildCommand command) {
    List<String> wrapped = new ArrayList<>();
    onPath("setsid").ifPresent(setsid -> wrapped.add(setsid.toString()));
    onPath("setpriv")
        .ifPresent(setpriv ->
            wrapped.addAll(
                List.of(
                    setpriv.toString(), "--pdeathsig", command.stopSignal().lowerCase(), "--")));
    wrapped.addAll(command.command());
    return wrapped;
  }

  /// A program of the system, if it is installed.
  public static Optional<Path> onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void turnLog(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_SIZE_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
