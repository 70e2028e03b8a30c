package io.sluice.standalone.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceHealthTest {

  @Test
  void aServiceThatLacksOnlyItsPlacesIsUpAndSaysWhy() {
    ServiceHealth health =
        new ServiceHealth(
            "unavailable",
            Map.of("database", "ok", "staging", "unavailable", "objects", "degraded"),
            Map.of("staging", "staging has no mark", "objects", "objects cannot be read"));

    assertThat(health.isReady()).isFalse();
    assertThat(health.isUpButForPlaces()).isTrue();
    assertThat(health.lines()).containsExactly("objects cannot be read", "staging has no mark");
  }

  @Test
  void aServiceThatLacksMoreIsNotUp() {
    ServiceHealth health =
        new ServiceHealth(
            "unavailable", Map.of("database", "unavailable", "staging", "ok"), Map.of());

    assertThat(health.isUpButForPlaces()).isFalse();
  }

  @Test
  void aDegradedServiceIsReadyButNotWell() {
    ServiceHealth health =
        new ServiceHealth("degraded", Map.of("objects", "degraded"), Map.of("objects", "ahead"));

    assertThat(health.isReady()).isTrue();
    assertThat(health.isWell()).isFalse();
  }

  @Test
  void anAnswerThatIsNoneIsNotUp() {
    assertThat(new ServiceHealth(null, null, null).isUpButForPlaces()).isFalse();
  }
}
