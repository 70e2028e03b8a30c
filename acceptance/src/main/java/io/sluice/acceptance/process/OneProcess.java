package io.sluice.acceptance.process;

import io.sluice.embedded.process.ProcessIdentity;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What all members have in common: signals go to the process that runs now.
abstract class OneProcess implements Member {

  private final String name;
  private @Nullable ProcessIdentity identity;
  private boolean frozen;

  OneProcess(String name) {
    this.name = name;
  }

  /// Remembers which process this member is now.
  void is(long pid) {
    identity = ProcessIdentity.of(pid).orElse(null);
    frozen = false;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() throws IOException {
    launch();
    awaitReady();
  }

  @Override
  public void kill() throws IOException, InterruptedException {
    Optional<ProcessIdentity> running = running();
    if (running.isPresent()) {
      Signal.KILL.send(running.get().pid());
      while (running.get().isRunning()) {
        Thread.sleep(5);
      }
    }
    release();
  }

  /// Frees what this side still holds of a process that is gone.
  abstract void release() throws IOException;

  @Override
  public void freeze() throws IOException, InterruptedException {
    signal(Signal.STOP);
    frozen = true;
  }

  @Override
  public void thaw() throws IOException, InterruptedException {
    signal(Signal.CONT);
    frozen = false;
  }

  /// A frozen process cannot end when asked.
  void thawToStop() throws IOException {
    if (frozen) {
      try {
        thaw();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void signal(Signal signal) throws IOException, InterruptedException {
    Optional<ProcessIdentity> running = running();
    if (running.isPresent()) {
      signal.send(running.get().pid());
    }
  }

  @Override
  public boolean isAlive() {
    return running().isPresent();
  }

  /// The process number.
  long pid() {
    return running().map(ProcessIdentity::pid).orElse(-1L);
  }

  private Optional<ProcessIdentity> running() {
    return Optional.ofNullable(identity).filter(ProcessIdentity::isRunning);
  }
}
