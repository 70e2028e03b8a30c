package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
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

  /// The threads of a killed process die one by one, and the first to go is the one that stands for it.
  @RepeatedTest(4)
  void whatWasStoppedHoldsNoPortAnyMore() throws IOException {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms400m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                PortHolder.class.getName())
            .start();
    int port = Integer.parseInt(holder.inputReader().readLine());
    ProcessIdentity identity = ProcessIdentity.of(holder.pid()).orElseThrow();

    Stopping.stop(identity, StopSignal.KILL, Duration.ofSeconds(10));

    assertThatCode(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close())
        .doesNotThrowAnyException();
  }

  private static Process start(String script) throws IOException {
    Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }
}
