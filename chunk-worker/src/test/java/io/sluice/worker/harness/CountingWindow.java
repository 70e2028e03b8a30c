package io.sluice.worker.harness;

import io.sluice.coordination.window.UploadWindow;
import io.sluice.coordination.window.WindowDecision;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The window as its contract has it, in memory, without leases; can be stopped and flushed as Redis can.
public final class CountingWindow implements UploadWindow {

  private final Map<UUID, Set<String>> held = new HashMap<>();
  private boolean away;
  private Runnable onRelease = () -> {};

  @Override
  public synchronized WindowDecision tryAcquire(UUID uploadId, int permits, Duration lease) {
    if (away) {
      return new WindowDecision.Unavailable();
    }
    Set<String> ours = held.computeIfAbsent(uploadId, id -> new HashSet<>());
    if (ours.size() >= permits) {
      return new WindowDecision.Full();
    }
    String permit = UUID.randomUUID().toString();
    ours.add(permit);
    return new WindowDecision.Permit(permit);
  }

  @Override
  public synchronized boolean extend(UUID uploadId, String permitId, Duration lease) {
    return !away && held.getOrDefault(uploadId, Set.of()).contains(permitId);
  }

  @Override
  public synchronized void release(UUID uploadId, String permitId) {
    onRelease.run();
    onRelease = () -> {};
    if (!away) {
      held.getOrDefault(uploadId, new HashSet<>()).remove(permitId);
    }
  }

  /// Does something just before the next permit is given back.
  public synchronized void onRelease(Runnable act) {
    onRelease = act;
  }

  public synchronized int held(UUID uploadId) {
    return held.getOrDefault(uploadId, Set.of()).size();
  }

  public synchronized void flush() {
    held.clear();
  }

  public synchronized void away(boolean isAway) {
    this.away = isAway;
  }
}
