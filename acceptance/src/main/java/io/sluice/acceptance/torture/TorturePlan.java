package io.sluice.acceptance.torture;

import io.sluice.acceptance.fault.Fault;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.workload.FileSizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One torture run.
///
/// @param seed decides what clients do and which faults strike when
/// @param length of the time under load and faults
/// @param clients at once
/// @param wholeFileProbability how often a client sends a file in one request
/// @param directory of everything the run leaves behind
public record TorturePlan(
    long seed,
    Duration length,
    List<Fault> faults,
    SystemPlan system,
    int clients,
    FileSizes sizes,
    double wholeFileProbability,
    Path directory) {

  public TorturePlan {
    faults = List.copyOf(faults);
  }
}
