package io.sluice.acceptance.torture;

import io.sluice.acceptance.process.SystemUnderTest;
import java.io.IOException;

/// Ends the processes of a run that is ended with Ctrl-C.
final class Interruptible implements AutoCloseable {

  private final Thread hook;

  Interruptible(SystemUnderTest system) {
    hook = Thread.ofPlatform().unstarted(() -> stop(system));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void stop(SystemUnderTest system) {
    try {
      system.close();
    } catch (IOException e) {
      System.err.println("did not end in order: " + e);
    }
  }

  /// From here on the run ends them itself.
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook is at it.
    }
  }
}
