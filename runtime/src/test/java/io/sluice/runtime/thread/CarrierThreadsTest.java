package io.sluice.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CarrierThreadsTest {

  @Test
  void virtualThreadsGoOnWhileTwoHoldTheirCarriers() throws IOException {
    assertThat(onTwoCores("enough")).isEqualTo(TwoPinned.WENT_ON);
  }

  @Test
  void byDefaultTwoAreEnoughToStopAllOthers() throws IOException {
    assertThat(onTwoCores("default")).isEqualTo(TwoPinned.STOOD_STILL);
  }

  private static String onTwoCores(String carriers) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=2",
                "-cp",
                System.getProperty("java.class.path"),
                TwoPinned.class.getName(),
                carriers)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
