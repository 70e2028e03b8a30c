package io.sluice.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {

  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path process;

  @Test
  void thisProcessHasUsedTimeAndHoldsMemory() throws IOException {
    Usage usage = new ProcessTree(ProcessHandle.current().pid()).usage();

    assertThat(usage.cpuSeconds()).isPositive();
    assertThat(usage.sharedOnce()).isEqualTo(Files.isReadable(Path.of("/proc/self/smaps_rollup")));
    // A JVM holds much for itself, and what it shares counts by its part: never more than all that
    // is resident.
    assertThat(usage.memoryBytes()).isBetween(10 * MEBIBYTE, statusBytes("VmRSS:") + 10 * MEBIBYTE);
  }

  @Test
  void whatIsSharedCountsByItsPart() throws IOException {
    Files.writeString(
        process.resolve("smaps_rollup"),
        """
        5647aa5ce000-7ffd75ad3000 ---p 00000000 00:00 0                          [rollup]
        Rss:              131072 kB
        Pss:                4096 kB
        Pss_Dirty:           112 kB
        """);

    assertThat(ProcessMemory.of(process, 128 * MEBIBYTE))
        .isEqualTo(new ProcessMemory(4 * MEBIBYTE, true));
  }

  @Test
  void whereThatIsNotToldAllThatIsResidentCountsAndItIsSaid() {
    assertThat(ProcessMemory.of(process, 128 * MEBIBYTE))
        .isEqualTo(new ProcessMemory(128 * MEBIBYTE, false));
  }

  @Test
  void aProcessThatHasEndedHoldsNothing() {
    assertThat(ProcessMemory.of(process, 0)).isEqualTo(new ProcessMemory(0, true));
  }

  private static long statusBytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .sum();
  }
}
