package io.sluice.runtime.thread;

/// The threads that carry virtual threads: by default as many as there are cores, which on a small machine is too few.
///
/// A virtual thread that loads a class keeps its carrier while it waits for a lock. On two cores two such threads are
/// enough to stop the process for ever: the lock may be promised to a third that has no carrier left to take it. Workers
/// with two cores have been seen to hang so at their start, when everything loads classes at once.
public final class CarrierThreads {

  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final int FEWEST = 16;

  private CarrierThreads() {}

  /// Sees to it that there are enough. To be called before the first virtual thread is made; a number given on the
  /// command line stays.
  public static void makeEnough() {
    if (System.getProperty(PARALLELISM) == null) {
      int carriers = Math.max(FEWEST, 2 * Runtime.getRuntime().availableProcessors());
      System.setProperty(PARALLELISM, Integer.toString(carriers));
    }
  }
}
