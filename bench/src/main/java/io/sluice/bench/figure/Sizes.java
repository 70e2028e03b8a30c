package io.sluice.bench.figure;

/// How much work the long figures are.
///
/// @param workerSlots large parts that each worker puts at once, in `scaling`
/// @param jobsPerWorker how deep the queue is for each worker, in `scaling`
/// @param grownUploads finished uploads in the database, in `growth`
/// @param inFlightBytes that are sent of all uploads together, in `memory`
public record Sizes(int workerSlots, int jobsPerWorker, int grownUploads, long inFlightBytes) {

  public Sizes {
    atLeastOne("--slots", workerSlots);
    atLeastOne("--jobs", jobsPerWorker);
    atLeastOne("--grown", grownUploads);
    atLeastOne("--in-flight-mib", inFlightBytes);
  }

  private static void atLeastOne(String option, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + ": less than 1");
    }
  }
}
