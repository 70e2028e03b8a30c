package io.sluice.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What one process holds in memory.
///
/// @param bytes of it
/// @param sharedOnce whether a page shared by several processes counts in each of them by its part only
record ProcessMemory(long bytes, boolean sharedOnce) {

  private static final String PROPORTIONAL = "Pss:";
  private static final long KIBIBYTE = 1024;

  /// Its proportional set size, or its resident set size where Linux does not tell the other: not to other users, and
  /// not before 4.14.
  ///
  /// @param process its directory below `/proc`
  /// @param residentBytes its resident set size
  static ProcessMemory of(Path process, long residentBytes) {
    try {
      for (String line : Files.readAllLines(process.resolve("smaps_rollup"))) {
        if (line.startsWith(PROPORTIONAL)) {
          String kibibytes = line.substring(PROPORTIONAL.length()).replace("kB", "").strip();
          return new ProcessMemory(Long.parseLong(kibibytes) * KIBIBYTE, true);
        }
      }
    } catch (IOException refusedOrEnded) {
      // A process that has ended holds nothing, and so nothing that could be counted twice.
      return new ProcessMemory(residentBytes, residentBytes == 0);
    }
    return new ProcessMemory(residentBytes, residentBytes == 0);
  }
}
