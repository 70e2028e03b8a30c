package io.sluice.standalone.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPauseTest {

  private final RestartPause pause = new RestartPause();

  @Test
  void whoDiesYoungWaitsLongerEachTimeUpToALimit() {
    Duration last = Duration.ZERO;
    for (int death = 0; death < 5; death++) {
      Duration next = pause.after(Duration.ofSeconds(1));
      assertThat(next).isGreaterThan(last);
      last = next;
    }
    for (int death = 0; death < 20; death++) {
      last = pause.after(Duration.ZERO);
    }
    assertThat(last).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whoLivedLongIsBackAtOnce() {
    Duration first = pause.after(Duration.ofHours(1));
    pause.after(Duration.ZERO);
    pause.after(Duration.ZERO);

    assertThat(pause.after(Duration.ofSeconds(30))).isEqualTo(first);
  }
}
