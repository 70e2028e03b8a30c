package io.sluice.runtime.thread;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A program: two virtual threads wait in the initialisers of classes, which they cannot leave, for a third.
final class TwoPinned {

  static final String WENT_ON = "went on";
  static final String STOOD_STILL = "stood still";

  private static final CountDownLatch BOTH_WAIT = new CountDownLatch(2);
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private TwoPinned() {}

  /// Says what became of the third, with enough carriers if the argument is "enough".
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments[0].equals("enough")) {
      CarrierThreads.makeEnough();
    }
    Thread.ofVirtual().start(() -> System.out.print(First.NAME));
    Thread.ofVirtual().start(() -> System.out.print(Second.NAME));
    BOTH_WAIT.await();
    Thread.ofVirtual().start(RELEASED::countDown);
    System.out.println(RELEASED.await(2, TimeUnit.SECONDS) ? WENT_ON : STOOD_STILL);
    Runtime.getRuntime().halt(0);
  }

  private static String waitForThird() {
    BOTH_WAIT.countDown();
    try {
      RELEASED.await();
    } catch (InterruptedException nobodyInterrupts) {
      Thread.currentThread().interrupt();
    }
    return "";
  }

  private static final class First {
    private static final String NAME = waitForThird();
  }

  private static final class Second {
    private static final String NAME = waitForThird();
  }
}
