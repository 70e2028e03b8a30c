package io.sluice.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepSettingsTest {

  private static SweepSettings settings(int orphan, int unowned, int objects, String percent) {
    return new SweepSettings(orphan, unowned, objects, new BigDecimal(percent), 900);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 1, 0, 100",
    "100, 1, 10000, 100",
    "100, 1, 20000, 200",
    "100, 0.5, 50000, 250",
    "0, 1, 99, 0",
    "0, 100, 99, 99",
    // More objects than fit into an int, and more than a double counts one by one.
    "100, 1, 9007199254740993, 90071992547409"
  })
  void aPassMayRemoveTheLargerOfNumberAndShare(int objects, String percent, long seen, long most) {
    assertThat(settings(3600, 604_800, objects, percent).mostRemoved(seen)).isEqualTo(most);
  }

  @Test
  void whatNoRowKnowsNeverWaitsForLessThanTheRest() {
    assertThat(settings(3600, 604_800, 100, "1").unknownGraceSeconds()).isEqualTo(604_800);
    assertThat(settings(3600, 5, 100, "1").unknownGraceSeconds()).isEqualTo(3600);
  }

  @Test
  void aLookThatIsFiveMinutesLateStillCountsWhole() {
    assertThat(settings(3600, 604_800, 100, "1").longestBetweenLooks())
        .isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void whatIsNoLimitIsRefusedByName() {
    assertThatThrownBy(() -> settings(3600, -1, 100, "1"))
        .hasMessageContaining("sluice.reaper.unowned-grace-seconds");
    assertThatThrownBy(() -> settings(3600, 604_800, -1, "1"))
        .hasMessageContaining("sluice.reaper.sweep-most-objects");
    assertThatThrownBy(() -> settings(3600, 604_800, 100, "100.5"))
        .hasMessageContaining("sluice.reaper.sweep-most-percent is 100.5");
  }
}
