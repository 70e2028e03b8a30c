package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoppingTest {

  @Test
  void whoInterruptsTheWaitingLeavesNoProcessBehind() throws IOException {
    Process deaf = start("trap '' TERM; echo ready; while :; do sleep 1; done");
    ProcessIdentity identity = ProcessIdentity.of(deaf.pid()).orElseThrow();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Stopping.stop(identity, StopSignal.TERM, Duration.ofMinutes(5)))
        .isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(identity.isRunning()).isFalse();
  }

  @Test
  void whatDoesNotListenIsKilled() throws IOException {
    Process deaf = start("trap '' TERM; echo ready; while :; do sleep 1; done");
    ProcessIdentity identity = ProcessIdentity.of(deaf.pid()).orElseThrow();

    Stopping.stop(identity, StopSignal.TERM, Duration.ofMillis(50));

    assertThat(identity.isRunning()).isFalse();
  }

  private static Process start(String script) throws IOException {
    Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }
}
