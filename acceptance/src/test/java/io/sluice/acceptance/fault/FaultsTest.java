package io.sluice.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.acceptance.process.StoreKind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void everyFaultHasANameOfItsOwn(StoreKind store) {
    assertThat(Faults.all(store)).extracting(Fault::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void placesAndSettingsGoWrongForEveryStore(StoreKind store) {
    assertThat(Faults.all(store))
        .extracting(Fault::name)
        .contains(
            "staging-away",
            "staging-away-over-restart",
            "staging-emptied",
            "staging-read-only",
            "staging-permissions-lost",
            "objects-away",
            "second-deployment",
            "configuration-changed",
            "host-clock-back");
  }

  @Test
  void onlyAnS3ServerRefuses() {
    assertThat(Faults.named(StoreKind.S3, Set.of("s3-refuses-writes", "s3-refuses-for-good")))
        .hasSize(2);
    assertThatThrownBy(() -> Faults.named(StoreKind.LOCAL, Set.of("s3-refuses-writes")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s3-refuses-writes");
  }
}
