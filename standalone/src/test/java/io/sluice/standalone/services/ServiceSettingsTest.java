package io.sluice.standalone.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.instance.DataDirectory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSettingsTest {

  private final DataDirectory directory = new DataDirectory(Path.of("/somewhere"));

  @Test
  void withoutKeysOfOnesOwnThereIsTheDevelopmentKey() {
    assertThat(ServiceSettings.open(directory, Map.of()))
        .isEqualTo(
            Map.of(
                "STORAGE_ROOT", "/somewhere/storage",
                "API_KEY_MAPPINGS", "dev-key:dev-user",
                "ADMIN_USER_IDS", "dev-user"));
  }

  /// Else the well-known key would open an instance whose owner believes it closed.
  @Test
  void whoNamesKeysGetsNoOthersAndNoAdministrator() {
    assertThat(ServiceSettings.open(directory, Map.of("API_KEY_MAPPINGS", "k:ann")))
        .containsOnlyKeys("STORAGE_ROOT");
  }

  @Test
  void whatTheEnvironmentNamesStays() {
    assertThat(ServiceSettings.open(directory, Map.of("STORAGE_ROOT", "/mnt")))
        .doesNotContainKey("STORAGE_ROOT");
  }

  /// The embedded database has 200 connections; a few of them are for its administrator and for tests.
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 10, 34})
  void allProcessesTogetherLeaveTheDatabaseConnectionsToSpare(int processes) {
    int each =
        Integer.parseInt(
            ServiceSettings.pool(processes, Map.of()).getOrDefault(ServiceSettings.POOL_SIZE, ""));

    assertThat(each).isBetween(4, 20);
    assertThat(each * processes).isLessThan(190);
  }

  @Test
  void whoSizesThePoolsKeepsThem() {
    assertThat(ServiceSettings.pool(34, Map.of(ServiceSettings.POOL_SIZE, "7"))).isEmpty();
  }
}
