package io.sluice.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One run of one process: its number and when it started, so that a later process with the same number is not it.
///
/// On Linux the start is the boot's id and the kernel's own tick count. The start instant that Java offers is derived
/// from the wall clock there and moves when the clock is set.
///
/// @param pid the process number
/// @param start opaque; equal only for the same run
public record ProcessIdentity(long pid, String start) {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /// Fields of `/proc/PID/stat` are counted from the end of the command name, which may hold blanks and brackets.
  private static final int START_TICKS = 19;

  /// Counted likewise.
  private static final int THREADS = 17;

  /// The identity of a process that is running now; empty if there is none of that number.
  public static Optional<ProcessIdentity> of(long pid) {
    Optional<String> start = Files.exists(BOOT_ID) ? startOnLinux(pid) : startInstant(pid);
    return start.map(known -> new ProcessIdentity(pid, known));
  }

  /// Whether this very run of the process still goes on.
  public boolean isRunning() {
    return of(pid).filter(this::equals).isPresent();
  }

  private static Optional<String> startInstant(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(Object::toString);
  }

  private static Optional<String> startOnLinux(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return hasEnded(fields)
          ? Optional.empty()
          : Optional.of(Files.readString(BOOT_ID).strip() + "/" + fields[START_TICKS]);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /// A zombie has ended, and where nobody collects orphans it stays in the table for good. But one that still has
  /// threads beside its first holds its files and ports until the last of them is gone.
  private static boolean hasEnded(String[] fields) {
    return fields[0].equals("X")
        || (fields[0].equals("Z") && Integer.parseInt(fields[THREADS]) <= 1);
  }
}
