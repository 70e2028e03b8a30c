package io.sluice.acceptance.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does the same several times at once.
final class Together {

  @FunctionalInterface
  interface Task {
    void run(Random own) throws GaveUpException, InterruptedException;
  }

  private Together() {}

  /// Runs the task on so many threads, each with randomness of its own, and waits for all.
  static void run(int threads, Random random, Task task)
      throws GaveUpException, InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Random own = new Random(random.nextLong());
        running.add(
            executor.submit(() -> {
              task.run(own);
              return null;
            }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case null -> throw new IllegalStateException(e);
        case GaveUpException gaveUp -> throw gaveUp;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException bug -> throw bug;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
