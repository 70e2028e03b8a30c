package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RowsInHandTest {

  private final RowsInHand rows = new RowsInHand();

  @Test
  void twoOfTheLargestPartsFitAndAThirdWaits() throws InterruptedException {
    rows.take(100_000);
    rows.take(100_000);
    CountDownLatch third = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                rows.take(100_000);
                third.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
    assertThat(third.getCount()).isOne();

    rows.giveBack(100_000);

    assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
    rows.giveBack(100_000);
    rows.giveBack(100_000);
    assertThat(rows.free()).isEqualTo(RowsInHand.MOST);
  }

  /// Nothing is larger today; what once is must wait for all the room, not for ever.
  @Test
  void whatIsLargerThanAllTheRoomGetsAllOfIt() throws InterruptedException {
    rows.take(RowsInHand.MOST + 1);

    assertThat(rows.free()).isZero();

    rows.giveBack(RowsInHand.MOST + 1);
    assertThat(rows.free()).isEqualTo(RowsInHand.MOST);
  }
}
