package io.sluice.bench.figure;

import io.sluice.bench.server.Heap;
import io.sluice.bench.server.SluiceServer;
import io.sluice.bench.server.Usage;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks at the memory of a Sluice's own process again and again until it is stopped, and keeps the most of each.
final class MemoryPeak implements AutoCloseable {

  private static final long EVERY_MILLIS = 250;

  /// A look at the live heap has the process collect its garbage, so there are fewer of those.
  private static final int LIVE_EVERY = 6;

  private final SluiceServer sluice;
  private final Heap heap;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile long liveHeapBytes;
  private volatile long processBytes;
  private volatile boolean sharedOnce = true;
  private volatile @Nullable IOException failure;

  private MemoryPeak(SluiceServer sluice) {
    this.sluice = sluice;
    this.heap = sluice.heap();
    this.thread = Thread.ofPlatform().name("memory").unstarted(this::run);
  }

  /// Begins.
  static MemoryPeak watch(SluiceServer sluice) {
    MemoryPeak peak = new MemoryPeak(sluice);
    peak.thread.start();
    return peak;
  }

  private void run() {
    try {
      for (int look = 1; !stopping.await(EVERY_MILLIS, TimeUnit.MILLISECONDS); look++) {
        look(look % LIVE_EVERY == 0);
      }
      // Whatever it was that came in short: once when everything is there.
      look(true);
    } catch (IOException failed) {
      failure = failed;
    } catch (InterruptedException interrupted) {
      failure = new IOException("interrupted", interrupted);
    }
  }

  private void look(boolean live) throws IOException {
    Usage own = sluice.ownUsage();
    processBytes = Math.max(processBytes, own.memoryBytes());
    sharedOnce &= own.sharedOnce();
    if (live) {
      liveHeapBytes = Math.max(liveHeapBytes, heap.liveBytes());
    }
  }

  /// Ends after a last look.
  ///
  /// @throws IOException why it could not look
  void stop() throws IOException {
    close();
    if (failure != null) {
      throw new IOException("cannot watch the memory", failure);
    }
  }

  /// The most of the heap that was in use after a collection.
  long liveHeapBytes() {
    return liveHeapBytes;
  }

  /// The most that the process held.
  long processBytes() {
    return processBytes;
  }

  /// Whether that counts shared pages once.
  boolean sharedOnce() {
    return sharedOnce;
  }

  @Override
  public void close() throws IOException {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
