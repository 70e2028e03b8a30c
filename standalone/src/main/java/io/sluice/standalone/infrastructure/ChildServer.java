package io.sluice.standalone.infrastructure;

import io.sluice.standalone.supervision.Running;
import java.io.IOException;

/// A server in a process of its own.
///
/// @param pid the process
/// @param stopping how it is ended
record ChildServer(long pid, Stopping stopping) implements Running {

  @FunctionalInterface
  interface Stopping {
    void stop() throws IOException;
  }

  @Override
  public boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Override
  public void stop() throws IOException {
    stopping.stop();
  }
}
