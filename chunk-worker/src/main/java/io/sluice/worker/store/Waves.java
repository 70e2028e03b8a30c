package io.sluice.worker.store;

import io.sluice.model.job.Job.StorePart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Cuts a batch into waves that are read, stored and committed one after the other, so that memory and
/// transactions are bounded by chunks, of which a part may have one or a hundred thousand.
final class Waves {

  /// More chunk rows than this are in one wave only if they are of one part.
  static final int MOST_ROWS = 2_000;

  private record Part(UUID uploadId, int part) {}

  private final List<List<PartTask>> waves = new ArrayList<>();
  private final Set<Part> parts = new HashSet<>();
  private List<PartTask> wave = new ArrayList<>();
  private int rows;

  private Waves() {}

  /// The waves of a batch, in its order. The same part twice is never in one wave, so it is done once
  /// and then found done.
  static List<List<PartTask>> of(List<PartTask> batch) {
    Waves waves = new Waves();
    batch.forEach(waves::add);
    waves.end();
    return waves.waves;
  }

  /// Chunk rows that a wave reads at most.
  static int rowsOf(List<PartTask> wave) {
    return wave.stream().mapToInt(task -> task.place().rows()).sum();
  }

  private void add(PartTask task) {
    StorePart job = task.place().job();
    Part part = new Part(job.uploadId(), job.part());
    if (rows + task.place().rows() > MOST_ROWS || parts.contains(part)) {
      end();
    }
    wave.add(task);
    parts.add(part);
    rows += task.place().rows();
  }

  private void end() {
    if (!wave.isEmpty()) {
      waves.add(wave);
    }
    wave = new ArrayList<>();
    parts.clear();
    rows = 0;
  }
}
