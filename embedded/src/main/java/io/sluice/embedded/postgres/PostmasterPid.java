package io.sluice.embedded.postgres;

import io.sluice.embedded.process.ProcessIdentity;
import io.sluice.embedded.process.StopSignal;
import io.sluice.embedded.process.Stopping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `postmaster.pid`, PostgreSQL's own lock on its data directory: line 1 is the process, line 8 its state.
record PostmasterPid(Path data) {

  private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(30);
  private static final int STATE_LINE = 7;

  /// Whether this process runs on the data directory and takes connections.
  boolean saysReady(long pid) {
    try {
      List<String> lines = lines();
      return lines.size() > STATE_LINE
          && lines.getFirst().strip().equals(Long.toString(pid))
          && lines.get(STATE_LINE).strip().equals("ready");
    } catch (IOException beingWritten) {
      return false;
    }
  }

  /// Makes way for a new server; the caller has the sole right to the directory.
  ///
  /// A server that outlived its parent is shut down, and what outlived the server is killed: a statement that only
  /// computes does not notice that the rest is gone, and PostgreSQL does not start beside it. A file that names a
  /// process which is something else is removed: PostgreSQL would take any living process of that number for its twin.
  void clear() throws IOException {
    Optional<ProcessIdentity> server = namedServer();
    if (server.isPresent()) {
      Stopping.stop(server.get(), StopSignal.INT, FAST_SHUTDOWN);
    }
    List<ProcessIdentity> left =
        ProcessHandle.allProcesses()
            .map(ProcessHandle::pid)
            .filter(this::runsHere)
            .map(pid -> ProcessIdentity.of(pid).filter(same -> runsHere(pid)))
            .flatMap(Optional::stream)
            .toList();
    for (ProcessIdentity process : left) {
      Stopping.stop(process, StopSignal.KILL, FAST_SHUTDOWN);
    }
    Files.deleteIfExists(path());
  }

  private Optional<ProcessIdentity> namedServer() throws IOException {
    List<String> lines = lines();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(lines.getFirst().strip());
      return ProcessIdentity.of(pid).filter(process -> runsHere(pid));
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    }
  }

  /// Every process of a server works in the data directory.
  private boolean runsHere(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      Path program = Files.readSymbolicLink(process.resolve("exe")).getFileName();
      return program != null
          && program.toString().startsWith("postgres")
          && Files.readSymbolicLink(process.resolve("cwd")).equals(data);
    } catch (IOException goneOrSomeoneElses) {
      return false;
    }
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(path());
    } catch (NoSuchFileException notRunning) {
      return List.of();
    }
  }

  private Path path() {
    return data.resolve("postmaster.pid");
  }
}
