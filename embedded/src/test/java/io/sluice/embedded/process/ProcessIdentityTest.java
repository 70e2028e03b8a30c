package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  @Test
  void aRunningProcessIsRecognisedAgain() {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    assertThat(self.isRunning()).isTrue();
    assertThat(ProcessIdentity.of(self.pid())).contains(self);
  }

  @Test
  void aLaterProcessWithTheSameNumberIsAnother() {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    assertThat(new ProcessIdentity(self.pid(), self.start() + "0").isRunning()).isFalse();
  }

  @Test
  void aNumberThatNobodyHasIsNoProcess() {
    assertThat(ProcessIdentity.of(Integer.MAX_VALUE)).isEmpty();
  }

  /// Where nobody collects orphans, as in many containers, they stay in the process table for good.
  @Test
  void aProcessThatHasEndedButWasNotCollectedIsNotRunning() throws Exception {
    // The shell's child ends while the shell, turned into a sleep, never asks for it.
    Process shell = new ProcessBuilder("/bin/sh", "-c", "sleep 0 & echo $!; exec sleep 60").start();
    try {
      long child = Long.parseLong(shell.inputReader().readLine());
      org.awaitility.Awaitility.await().until(() -> ProcessIdentity.of(child).isEmpty());
      assertThat(ProcessHandle.of(child)).as("in the process table").isPresent();
    } finally {
      shell.destroyForcibly();
    }
  }
}
