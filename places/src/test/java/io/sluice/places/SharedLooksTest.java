package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedLooksTest {

  private static final Seen SEEN = Seen.nothing(PlaceWord.OURS, "ours");

  /// A look that is under way may have read the mark already.
  @Test
  void whoAsksWhileALookIsUnderWayGetsTheNextOneTogether() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch goOn = new CountDownLatch(1);
    SharedLooks<Seen> looks =
        new SharedLooks<>(
            "look",
            () -> {
              begun.incrementAndGet();
              await(goOn);
              return SEEN;
            });

    CompletableFuture<Seen> first = looks.fresh();
    CompletableFuture<Seen> second = looks.fresh();
    CompletableFuture<Seen> third = looks.fresh();

    assertThat(second).isNotSameAs(first).isSameAs(third);
    goOn.countDown();
    assertThat(first.get()).isEqualTo(SEEN);
    assertThat(second.get()).isEqualTo(SEEN);
    assertThat(begun).hasValue(2);
  }

  @Test
  void afterALookThatFailedComesAnother() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    SharedLooks<Seen> looks =
        new SharedLooks<>(
            "look",
            () -> {
              if (begun.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
              }
              return SEEN;
            });

    assertThat(looks.fresh()).failsWithin(java.time.Duration.ofSeconds(90));
    assertThat(looks.fresh().get()).isEqualTo(SEEN);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
