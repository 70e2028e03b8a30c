package io.sluice.worker.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.worker.circuit.StoreCall;
import io.sluice.worker.scale.PutSamples;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/// What storing is measured by. Names are those of the documentation, made once at the start, so that
/// zero shows.
@Component
final class StoreMetrics {

  private final PutSamples samples;
  private final Counter chunksStored;
  private final Counter bytesStored;
  private final Timer queue;
  private final Timer put;
  private final Timer database;
  private final Timer total;
  private final AtomicInteger partsInHand = new AtomicInteger();

  StoreMetrics(MeterRegistry meters, PutSamples samples) {
    this.samples = samples;
    chunksStored =
        Counter.builder("chunks_stored_total")
            .description("Chunks committed as STORED")
            .register(meters);
    bytesStored = Counter.builder("bytes_stored_total").description("Their bytes").register(meters);
    queue = timer("chunk_queue_seconds", "Acknowledged until taken up by a worker", meters);
    put = timer("s3_put_latency_seconds", "One put of a part into the object store", meters);
    database = timer("db_update_latency_seconds", "One commit of stored parts", meters);
    total = timer("chunk_total_seconds", "Acknowledged until stored", meters);
    Gauge.builder("inflight_parts", partsInHand, AtomicInteger::get)
        .description("Parts between being taken up and being settled")
        .register(meters);
  }

  private static Timer timer(String name, String description, MeterRegistry meters) {
    return Timer.builder(name)
        .description(description)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(5))
        .register(meters);
  }

  void takenUp(int parts) {
    partsInHand.addAndGet(parts);
  }

  void settled(int parts) {
    partsInHand.addAndGet(-parts);
  }

  void waited(Duration inQueue) {
    queue.record(inQueue);
  }

  void stored(long bytes, Duration sinceAcknowledged) {
    chunksStored.increment();
    bytesStored.increment((double) bytes);
    total.record(sinceAcknowledged);
  }

  void committed(long nanos) {
    database.record(nanos, TimeUnit.NANOSECONDS);
  }

  <T> T timedPut(StoreCall<T> call) throws IOException {
    long begun = System.nanoTime();
    try {
      T answer = call.run();
      long nanos = System.nanoTime() - begun;
      put.record(nanos, TimeUnit.NANOSECONDS);
      samples.answered(nanos);
      return answer;
    } catch (StoreUnavailableException e) {
      samples.unavailable();
      throw e;
    }
  }
}
