package io.sluice.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// A process with all that it started, as Linux counts their work.
record ProcessTree(long pid) {

  private static final double TICKS_PER_SECOND = 100;
  private static final long PAGE_BYTES = 4096;
  private static final int FIRST_TIME = 11;
  private static final int RESIDENT_PAGES = 21;

  Usage usage() {
    return usage(pids());
  }

  /// Of its first process alone.
  Usage ownUsage() {
    return usage(pid);
  }

  private static Usage usage(long... pids) {
    double ticks = 0;
    long memoryBytes = 0;
    boolean sharedOnce = true;
    for (long each : pids) {
      String[] fields = statistics(each);
      if (fields.length > RESIDENT_PAGES) {
        // Its own time in user and kernel mode, and that of its children that ended.
        ticks += Arrays.stream(fields, FIRST_TIME, FIRST_TIME + 4).mapToLong(Long::parseLong).sum();
        ProcessMemory memory =
            ProcessMemory.of(directory(each), Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_BYTES);
        memoryBytes += memory.bytes();
        sharedOnce &= memory.sharedOnce();
      }
    }
    return new Usage(ticks / TICKS_PER_SECOND, memoryBytes, sharedOnce);
  }

  private long[] pids() {
    return ProcessHandle.of(pid).stream()
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .mapToLong(ProcessHandle::pid)
        .toArray();
  }

  private static Path directory(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  /// The fields after the name, which may hold blanks itself.
  private static String[] statistics(long pid) {
    try {
      String line = Files.readString(directory(pid).resolve("stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (IOException ended) {
      return new String[0];
    }
  }
}
