package io.sluice.acceptance.workload;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells many threads to come to an end, and lets them wait so that they hear it.
public final class Stop {

  private final CountDownLatch told = new CountDownLatch(1);

  /// Tells everybody.
  public void tell() {
    told.countDown();
  }

  /// Whether it was told.
  public boolean isTold() {
    return told.getCount() == 0;
  }

  /// Waits.
  ///
  /// @return whether it was told meanwhile
  public boolean pause(Duration length) throws InterruptedException {
    return told.await(length.toNanos(), TimeUnit.NANOSECONDS);
  }
}
