package io.sluice.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a bench ran on.
///
/// @param processors as Java sees them
/// @param model of the processor
/// @param kernel name and version
/// @param javaVersion of this program and of Sluice
/// @param loadBefore average of the minute before it began: what else was going on
public record Machine(
    int processors, String model, String kernel, String javaVersion, double loadBefore) {

  /// This one, now.
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorModel(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processorModel() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException unknown) {
      return "unknown";
    }
  }

  /// For people.
  public String text() {
    return "%d × %s, %s, Java %s, load %.1f before"
        .formatted(processors, model, kernel, javaVersion, loadBefore);
  }
}
