package io.sluice.bench;

import io.sluice.bench.figure.Sizes;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// How much work the long figures are, on the command line.
final class SizeOptions {

  private static final long MEBIBYTE = 1 << 20;

  @Option(
      names = "--slots",
      defaultValue = "1",
      description = "scaling: parts that each worker puts at once (${DEFAULT-VALUE}).")
  private int slots;

  @Option(
      names = "--jobs",
      defaultValue = "100",
      description = "scaling: chunks in the queue for each worker (${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--grown",
      defaultValue = "1000000",
      description = "growth: finished uploads in the database (${DEFAULT-VALUE}).")
  private int grown;

  @Option(
      names = "--in-flight-mib",
      defaultValue = "2048",
      description = "memory: what is sent of all uploads together (${DEFAULT-VALUE}).")
  private long inFlightMebibytes;

  /// Refuses what makes no sense, in the command's name.
  void check(CommandLine command) {
    try {
      get();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command, wrong.getMessage(), wrong);
    }
  }

  Sizes get() {
    return new Sizes(slots, jobs, grown, inFlightMebibytes * MEBIBYTE);
  }
}
