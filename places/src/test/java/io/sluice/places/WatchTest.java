package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static final PlaceAddress PLACE =
      new PlaceAddress(PlaceKind.STAGING, "local", "/mnt", "backend", "root");
  private static final PlaceSettings IMPATIENT =
      new PlaceSettings(
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofMinutes(1),
          Duration.ofMillis(50));

  @Test
  void beforeTheFirstLookThereIsTrouble() {
    PlaceSettings patient =
        new PlaceSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    Watch watch = new Watch(PLACE, () -> ours(), patient, System::nanoTime);

    assertThat(watch.seen().word()).isEqualTo(PlaceWord.UNKNOWN);
    assertThat(watch.now().word()).isEqualTo(PlaceWord.OURS);
    assertThat(watch.seen().word()).isEqualTo(PlaceWord.OURS);
  }

  /// A file system that hangs must not hang those who ask.
  @Test
  void nobodyWaitsLongerThanThePatienceAndAnAnswerThatComesLateHeals() {
    CountDownLatch hanging = new CountDownLatch(1);
    Watch watch =
        new Watch(
            PLACE,
            () -> {
              await(hanging);
              return ours();
            },
            IMPATIENT,
            System::nanoTime);

    assertThat(watch.now().word()).isEqualTo(PlaceWord.AWAY);
    assertThat(watch.now().word()).isEqualTo(PlaceWord.AWAY);
    assertThat(watch.seen().text()).contains("staging", "does not answer");

    hanging.countDown();
    Awaitility.await().until(() -> watch.seen().word() == PlaceWord.OURS);
  }

  private static Seen ours() {
    return Seen.nothing(PlaceWord.OURS, "staging: local /mnt is ours");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
