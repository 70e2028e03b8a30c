package io.sluice.coordination.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.coordination.Gateway;
import io.sluice.embedded.EmbeddedStack;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowSizeIT {

  private static final String URL = EmbeddedStack.redis().url();
  private static final String NOWHERE = "redis://127.0.0.1:1";

  @Test
  void halfOfTheSlotsOfAllWorkersIsTheWindowOfAnUpload() {
    String prefix = Gateway.freshPrefix();
    try (Gateway gateway = Gateway.on(URL, prefix);
        Gateway worker = Gateway.on(URL, prefix)) {
      worker.fleet().announce(20);
      await().atMost(Duration.ofSeconds(20)).until(() -> gateway.windowSize().permits() == 10);

      try (Gateway second = Gateway.on(URL, prefix)) {
        second.fleet().announce(32);
        await().atMost(Duration.ofSeconds(20)).until(() -> gateway.windowSize().permits() == 26);
        assertThat(gateway.windowSize().limits(26)).isFalse();
        assertThat(gateway.windowSize().limits(27)).isTrue();
      }
      // The second left in order, and is not counted any more.
      await().atMost(Duration.ofSeconds(10)).until(() -> gateway.windowSize().permits() == 10);
    }
  }

  @Test
  void withoutAWorkerInSightItsOwnSettingIsTakenForTheFleet() {
    try (Gateway alone = Gateway.on(URL, Gateway.freshPrefix(), "sluice.worker.slots=6")) {
      assertThat(alone.windowSize().permits()).isEqualTo(3);
    }
    try (Gateway away =
        Gateway.notWaiting(NOWHERE, Gateway.freshPrefix(), "sluice.worker.slots=0")) {
      away.fleet().announce(40);
      assertThat(away.windowSize().permits()).isEqualTo(1);
    }
  }

  @Test
  void whatIsSetWins() {
    try (Gateway gateway =
        Gateway.on(
            URL,
            Gateway.freshPrefix(),
            "sluice.window.max-fair-inflight-chunks-per-upload=5",
            "sluice.window.permit-lease=1m")) {
      gateway.fleet().announce(100);

      assertThat(gateway.windowSize().permits()).isEqualTo(5);
      assertThat(gateway.windowSize().lease()).isEqualTo(Duration.ofMinutes(1));
    }
  }

  @Test
  void settingsThatMakeNoSenseAreNamed() {
    assertThatThrownBy(() -> new WindowSettings(-1, Duration.ofMinutes(1)))
        .hasMessageContaining("sluice.window.max-fair-inflight-chunks-per-upload");
    assertThatThrownBy(() -> new WindowSettings(0, Duration.ofMillis(999)))
        .hasMessageContaining("sluice.window.permit-lease");
    assertThatThrownBy(() -> new WindowSettings.WorkerSlots(-1))
        .hasMessageContaining("sluice.worker.slots");
  }
}
