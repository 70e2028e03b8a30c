package io.sluice.standalone.demo;

import io.sluice.standalone.console.ProgressBar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Sends chunks of one upload, several at a time, each in a virtual thread.
final class ParallelSending {

  private final UploadClient client;
  private final String uploadId;
  private final int atOnce;
  private final ProgressBar bar;

  ParallelSending(UploadClient client, String uploadId, int atOnce, ProgressBar bar) {
    this.client = client;
    this.uploadId = uploadId;
    this.atOnce = atOnce;
    this.bar = bar;
  }

  /// Sends them all, or cuts every connection as soon as so many bytes are acknowledged.
  ///
  /// @param stopAfterBytes when to let everything fall; [Long#MAX_VALUE] for never
  /// @return bytes acknowledged
  long send(Collection<FileChunk> chunks, long stopAfterBytes)
      throws IOException, InterruptedException {
    Queue<FileChunk> waiting = new ConcurrentLinkedQueue<>(chunks);
    AtomicLong acknowledged = new AtomicLong();
    AtomicBoolean cut = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        senders.add(
            threads.submit(() -> {
              FileChunk chunk = waiting.poll();
              while (chunk != null && !cut.get()) {
                client.sendChunk(uploadId, chunk);
                bar.add(chunk.sizeBytes());
                if (acknowledged.addAndGet(chunk.sizeBytes()) >= stopAfterBytes
                    && cut.compareAndSet(false, true)) {
                  threads.shutdownNow();
                }
                chunk = waiting.poll();
              }
              return null;
            }));
      }
      await(senders, cut, threads);
    }
    return acknowledged.get();
  }

  private static void await(List<Future<?>> senders, AtomicBoolean cut, ExecutorService threads)
      throws IOException, InterruptedException {
    for (Future<?> sender : senders) {
      try {
        sender.get();
      } catch (ExecutionException failed) {
        if (cut.get()) {
          continue;
        }
        threads.shutdownNow();
        if (failed.getCause() instanceof IOException cause) {
          throw cause;
        }
        throw new IOException("cannot send", failed.getCause());
      }
    }
  }
}
