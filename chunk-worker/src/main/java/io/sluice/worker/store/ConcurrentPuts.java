package io.sluice.worker.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/// Puts the parts of a batch side by side, so many at once and no more in the whole process. A batch of
/// one is put by the thread that brought it.
@Component
final class ConcurrentPuts implements DisposableBean {

  /// @param lightConcurrency parts of light batches put at once in one process
  @ConfigurationProperties("sluice.worker")
  record Settings(@DefaultValue("32") int lightConcurrency) {
    Settings {
      if (lightConcurrency < 1 || lightConcurrency > 1000) {
        throw new IllegalArgumentException(
            "sluice.worker.light-concurrency is %d, must be 1 to 1000".formatted(lightConcurrency));
      }
    }
  }

  private final PartPut put;
  private final Semaphore places;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("put-", 0).factory());

  ConcurrentPuts(PartPut put, Settings settings) {
    this.put = put;
    this.places = new Semaphore(settings.lightConcurrency());
  }

  /// One outcome for each part, in order. An interrupt ends them all.
  List<PutOutcome> putAll(List<PartWork> parts) throws InterruptedException {
    if (parts.size() == 1) {
      return List.of(put.put(parts.getFirst()));
    }
    List<Callable<PutOutcome>> puts = new ArrayList<>(parts.size());
    for (PartWork part : parts) {
      puts.add(() -> putInTurn(part));
    }
    List<PutOutcome> outcomes = new ArrayList<>(parts.size());
    for (Future<PutOutcome> done : threads.invokeAll(puts)) {
      outcomes.add(outcomeOf(done));
    }
    return outcomes;
  }

  @Override
  public void destroy() {
    threads.close();
  }

  private PutOutcome putInTurn(PartWork part) throws InterruptedException {
    places.acquire();
    try {
      return put.put(part);
    } finally {
      places.release();
    }
  }

  private static PutOutcome outcomeOf(Future<PutOutcome> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException();
      }
      throw new IllegalStateException("a put broke", e.getCause());
    }
  }
}
