package io.sluice.embedded.postgres;

import io.sluice.embedded.process.ProcessIdentity;
import io.sluice.embedded.process.StopSignal;
import io.sluice.embedded.process.Stopping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /// Makes way for a new server. A PostgreSQL that outlived its parent is shut down. A file that names a process which
  /// is something else is removed: PostgreSQL itself would take any living process of that number for its twin.
  void clear() throws IOException {
    List<String> lines = lines();
    if (lines.isEmpty()) {
      return;
    }
    Optional<ProcessIdentity> process = identity(lines.getFirst().strip());
    if (process.isPresent() && isServerHere(process.get().pid())) {
      Stopping.stop(process.get(), StopSignal.INT, FAST_SHUTDOWN);
    } else {
      Files.deleteIfExists(path());
    }
  }

  private boolean isServerHere(long pid) {
    try {
      byte[] raw = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      List<String> arguments = List.of(new String(raw, StandardCharsets.UTF_8).split("\0", -1));
      return arguments.getFirst().endsWith("postgres") && arguments.contains(data.toString());
    } catch (IOException gone) {
      return false;
    }
  }

  private static Optional<ProcessIdentity> identity(String pid) {
    try {
      return ProcessIdentity.of(Long.parseLong(pid));
    } catch (NumberFormatException damaged) {
      return Optional.empty();
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
