package io.sluice.coordination.signal;

import java.time.Duration;
import java.util.UUID;

/// Word that an upload has ended. Best effort: a signal can be lost, so whoever waits also looks into
/// PostgreSQL from time to time.
public interface UploadSignals {

  /// Tells every process. Does not wait. Call it after the commit.
  void publish(UUID uploadId);

  /// Begins to listen. Open it, then look into PostgreSQL, then wait: a signal between the look and the
  /// wait is not missed.
  Watch watch(UUID uploadId);

  /// Somebody's ear for one upload.
  interface Watch extends AutoCloseable {

    /// Waits for the signal.
    ///
    /// @return true if it came, before or during the call; false if the time is over
    boolean await(Duration timeout) throws InterruptedException;

    @Override
    void close();
  }
}
