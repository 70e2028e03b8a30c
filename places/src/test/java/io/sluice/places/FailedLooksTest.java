package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What looks that fail do to a place that was well.
class FailedLooksTest {

  private static final PlaceAddress PLACE =
      new PlaceAddress(PlaceKind.OBJECTS, "s3", "bucket/", "backend", "bucket");

  private final Deque<PlaceWord> words = new ArrayDeque<>();
  private final Watch watch =
      new Watch(
          PLACE,
          () -> Seen.nothing(words.removeFirst(), "as scripted"),
          settings(Duration.ofMinutes(1)),
          System::nanoTime);

  private static PlaceSettings settings(Duration patience) {
    Duration minute = Duration.ofMinutes(1);
    return new PlaceSettings(minute, minute, minute, patience);
  }

  private PlaceWord steadilyAfter(PlaceWord... looks) {
    for (PlaceWord look : looks) {
      words.add(look);
      assertThat(watch.now().word()).as("who asks for now is told").isEqualTo(look);
      assertThat(watch.seen().word()).isEqualTo(look);
    }
    return watch.steadily().word();
  }

  @Test
  void onlyTheThirdInARowCounts() {
    assertThat(steadilyAfter(PlaceWord.OURS, PlaceWord.AWAY)).isEqualTo(PlaceWord.OURS);
    assertThat(steadilyAfter(PlaceWord.AWAY)).isEqualTo(PlaceWord.OURS);
    assertThat(steadilyAfter(PlaceWord.AWAY)).isEqualTo(PlaceWord.AWAY);
    assertThat(steadilyAfter(PlaceWord.OURS)).isEqualTo(PlaceWord.OURS);
  }

  @Test
  void oneThatSucceedsBeginsTheCountAnew() {
    PlaceWord word =
        steadilyAfter(
            PlaceWord.AHEAD, PlaceWord.AWAY, PlaceWord.AWAY, PlaceWord.AHEAD, PlaceWord.AWAY);

    assertThat(word).isEqualTo(PlaceWord.AHEAD);
  }

  @Test
  void beforeThePlaceWasEverWellTheFirstOneCounts() {
    assertThat(steadilyAfter(PlaceWord.AWAY)).isEqualTo(PlaceWord.AWAY);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"OURS", "AHEAD", "AWAY"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatThePlaceSaysItselfCountsAtOnceAndIsNotForgotten(PlaceWord word) {
    assertThat(steadilyAfter(PlaceWord.OURS, word)).isEqualTo(word);
    assertThat(steadilyAfter(PlaceWord.AWAY)).isEqualTo(PlaceWord.AWAY);
  }

  /// All of them wait for the same look.
  @Test
  void manyWhoWaitInVainAreOneFailure() {
    CountDownLatch hanging = new CountDownLatch(1);
    Deque<Runnable> looks = new ArrayDeque<>(List.of(() -> {}, () -> await(hanging)));
    Watch slow =
        new Watch(
            PLACE,
            () -> {
              looks.removeFirst().run();
              return Seen.nothing(PlaceWord.OURS, "as scripted");
            },
            settings(Duration.ofSeconds(1)),
            System::nanoTime);
    slow.now();
    try {
      CompletableFuture<?>[] askers =
          Stream.generate(() -> CompletableFuture.runAsync(slow::now, FailedLooksTest::inThread))
              .limit(5)
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(askers).join();

      assertThat(slow.seen().word()).isEqualTo(PlaceWord.AWAY);
      assertThat(slow.steadily().word()).isEqualTo(PlaceWord.OURS);
      slow.now();
      slow.now();
      assertThat(slow.steadily().word()).isEqualTo(PlaceWord.AWAY);
    } finally {
      hanging.countDown();
    }
  }

  private static void inThread(Runnable asking) {
    Thread.ofPlatform().daemon().start(asking);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
