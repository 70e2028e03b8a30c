package io.sluice.worker.store;

import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/// How many chunk rows this process holds in memory at once, whatever the number of its slots: what a
/// slot has in hand is one row or a hundred thousand, as its uploads were cut.
@Component
final class RowsInHand {

  /// Some hundred bytes each. Twice the largest part there can be.
  static final int MOST = 200_000;

  /// Fair: a large part is not passed by small ones for ever.
  private final Semaphore free = new Semaphore(MOST, true);

  /// Waits until there is room for so many. Who holds some asks for no more before they are given back.
  void take(int rows) throws InterruptedException {
    free.acquire(weight(rows));
  }

  void giveBack(int rows) {
    free.release(weight(rows));
  }

  /// How many more there is room for.
  int free() {
    return free.availablePermits();
  }

  private static int weight(int rows) {
    return Math.min(rows, MOST);
  }
}
