package io.sluice.bench.figure;

import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.Fleet;
import java.util.List;

/// Whether twice the workers do twice the work when the store is what takes the time.
final class Scaling {

  private static final List<Integer> WORKERS = List.of(1, 2, 4, 8);

  private Scaling() {}

  static Figure figure(Fleet fleet, Sizes sizes, SampleFile sample) {
    List<Side> sides =
        WORKERS.stream()
            .<Side>map(workers ->
                new Drain(fleet, workers, sizes.workerSlots(), sizes.jobsPerWorker(), sample))
            .toList();
    return new Figure(
        "scaling",
        "chunks/s",
        Figure.Kind.SHARED_RATE,
        sides.getFirst(),
        sides.subList(1, sides.size()),
        "each PUT takes 50 ms longer: ≥ 0.9 of linear");
  }
}
