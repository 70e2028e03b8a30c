package io.sluice.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// Which process was last started here: two lines, the number and the start, replaced as a whole.
///
/// @param path where it is written
public record PidFile(Path path) {

  /// Remembers the process.
  public void write(ProcessIdentity identity) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.writeString(next, identity.pid() + "\n" + identity.start() + "\n");
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// What was remembered, running or not; empty if nothing was or the file makes no sense.
  public Optional<ProcessIdentity> read() throws IOException {
    try {
      List<String> lines = Files.readAllLines(path);
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new ProcessIdentity(Long.parseLong(lines.get(0)), lines.get(1)));
    } catch (NoSuchFileException | NumberFormatException unknown) {
      return Optional.empty();
    }
  }

  /// The remembered process, if it still runs.
  public Optional<ProcessIdentity> running() throws IOException {
    return read().filter(ProcessIdentity::isRunning);
  }

  /// Forgets the process.
  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
