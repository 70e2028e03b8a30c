package io.sluice.worker.harness;

import io.sluice.coordination.signal.UploadSignals;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps whose end was told.
public final class RecordingSignals implements UploadSignals {

  private final List<UUID> told = new CopyOnWriteArrayList<>();

  @Override
  public void publish(UUID uploadId) {
    told.add(uploadId);
  }

  @Override
  public Watch watch(UUID uploadId) {
    throw new UnsupportedOperationException("a worker tells, it does not listen");
  }

  public List<UUID> told() {
    return List.copyOf(told);
  }
}
