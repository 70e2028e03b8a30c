package io.sluice.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Lets `await()` without a limit of its own wait a minute and a half. Awaitility's ten seconds are shorter than the lock
/// that a frozen worker's share consumer holds on a record, and than a start on a busy machine; a test whose condition
/// comes true is not slower for it.
public final class Patience implements LauncherSessionListener {

  static final Duration LIMIT = Duration.ofSeconds(90);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LIMIT);
  }
}
