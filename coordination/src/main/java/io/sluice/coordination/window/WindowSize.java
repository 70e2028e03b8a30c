package io.sluice.coordination.window;

import io.sluice.coordination.window.WindowSettings.WorkerSlots;
import java.time.Duration;

/// How many jobs of one upload may be in the queue or in hand at once: what was set, else half of the
/// slots of all workers, so that one upload can use the most of an idle fleet and never all of it.
///
/// Changes as workers come and go. An upload that was larger than the window when one of its jobs was
/// enqueued may fit in it when that job is done: whoever holds a permit looks for waiting parts.
public final class WindowSize {

  private final WindowSettings settings;
  private final WorkerSlots ownSlots;
  private final FleetSlots fleet;

  public WindowSize(WindowSettings settings, WorkerSlots ownSlots, FleetSlots fleet) {
    this.settings = settings;
    this.ownSlots = ownSlots;
    this.fleet = fleet;
  }

  /// At least one.
  public int permits() {
    int given = settings.maxFairInflightChunksPerUpload();
    return given > 0 ? given : Math.max(1, fleet.total().orElse(ownSlots.slots()) / 2);
  }

  /// Whether an upload is large enough to need a window.
  public boolean limits(int totalParts) {
    return totalParts > permits();
  }

  /// When a permit ends by itself.
  public Duration lease() {
    return settings.permitLease();
  }
}
