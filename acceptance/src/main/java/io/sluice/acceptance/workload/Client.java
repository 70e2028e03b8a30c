package io.sluice.acceptance.workload;

import java.util.Random;
import java.util.function.Consumer;

/// One client that uploads file after file until it is told to stop.
public final class Client implements Runnable {

  private final String name;
  private final Caller caller;
  private final Random random;
  private final FileSizes sizes;
  private final double wholeFileProbability;
  private final Stop stop;
  private final Consumer<LeftUpload> left;

  /// A client.
  ///
  /// @param name unique in the run; begins the names of its files
  /// @param random everything it decides comes from this
  /// @param wholeFileProbability how often it sends a file in one request
  /// @param left takes uploads it went away from
  public Client(
      String name,
      Caller caller,
      Random random,
      FileSizes sizes,
      double wholeFileProbability,
      Stop stop,
      Consumer<LeftUpload> left) {
    this.left = left;
    this.name = name;
    this.caller = caller;
    this.random = random;
    this.sizes = sizes;
    this.wholeFileProbability = wholeFileProbability;
    this.stop = stop;
  }

  @Override
  public void run() {
    try {
      for (int number = 0; !stop.isTold(); number++) {
        one(name + "-" + number);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void one(String fileName) throws InterruptedException {
    UploadPlan plan = UploadPlan.draw(random, fileName, sizes);
    Random own = new Random(random.nextLong());
    try {
      if (own.nextDouble() < wholeFileProbability) {
        new WholeFile(caller, fileName, plan.bytes()).run(own);
      } else {
        new ChunkedUpload(caller, plan, own, left).run();
      }
    } catch (GaveUpException left) {
      caller.tally().count("uploads interrupted");
    }
  }
}
