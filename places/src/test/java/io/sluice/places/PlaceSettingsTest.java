package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PlaceSettingsTest {

  @Test
  void defaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new PlaceSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5)));
  }

  @Test
  void everySettingIsRead() {
    assertThat(
            bind(
                Map.of(
                    "sluice.places.look-every", "1s",
                    "sluice.places.look-every-remote", "2s",
                    "sluice.places.move-every", "3s",
                    "sluice.places.patience", "4s")))
        .isEqualTo(
            new PlaceSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"look-every", "look-every-remote", "move-every", "patience"})
  void aWrongOneIsNamed(String name) {
    assertThatThrownBy(() -> bind(Map.of("sluice.places." + name, "0s")))
        .rootCause()
        .hasMessageContaining("sluice.places." + name);
    assertThatThrownBy(() -> bind(Map.of("sluice.places." + name, "1h")))
        .rootCause()
        .hasMessageContaining("sluice.places." + name);
  }

  private static PlaceSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("sluice.places", PlaceSettings.class);
  }
}
