package io.sluice.standalone.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Small files, many at once.
final class Practice {

  private static final int AT_ONCE = 16;
  private static final int SIZE_BYTES = 1 << 10;

  private Practice() {}

  /// Sends files until all are acknowledged.
  static void run(UploadClient client, int files) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<String>> all = new ArrayList<>();
      for (int number = 0; number < files; number++) {
        String name = "practice-" + number;
        all.add(() -> client.sendFile(name, new byte[SIZE_BYTES]));
      }
      for (Future<String> sent : threads.invokeAll(all)) {
        sent.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("practice failed", failed.getCause());
    }
  }
}
