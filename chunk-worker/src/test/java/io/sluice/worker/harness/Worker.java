package io.sluice.worker.harness;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Job;
import io.sluice.queue.slot.DeliveredJob;
import io.sluice.queue.slot.JobHandler;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.queue.slot.JobSlotsFactory;
import io.sluice.storage.local.LocalObjectStore;
import io.sluice.storage.local.LocalStagingStore;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StagingStore;
import io.sluice.worker.WorkerConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A whole worker, but for its slots, on a real database and real stores: jobs that it enqueues are kept,
/// and a test delivers them when, as often and in the order it likes.
public final class Worker implements AutoCloseable {

  /// What the worker is made of.
  @EnableAutoConfiguration
  @Import(WorkerConfiguration.class)
  static class Parts {}

  /// Quick and patient: no test waits for a back-off, none is cut short by one.
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "sluice.worker.quick-delay", "0ms",
          "sluice.worker.max-rounds", "4",
          "sluice.worker.round-delay", "0ms",
          "sluice.worker.longest-round-delay", "0ms",
          "sluice.worker.away-delay", "0ms",
          "sluice.worker.circuit.probe-delay", "20ms",
          "sluice.worker.circuit.longest-probe-delay", "50ms",
          "sluice.window.max-fair-inflight-chunks-per-upload", "2");

  private final ConfigurableApplicationContext context;

  public final RecordingQueue queue = new RecordingQueue();
  public final RecordingSignals signals = new RecordingSignals();
  public final CountingWindow window;
  public final IdleSlots slots = new IdleSlots();
  public final StagingStore staging;
  public final FaultyStore store;
  public final JdbcClient jdbc;
  public final Uploads uploads;

  private Worker(
      String database,
      StagingStore staging,
      ObjectStore store,
      CountingWindow window,
      Map<String, Object> properties) {
    this.staging = staging;
    this.store = new FaultyStore(store);
    this.window = window;
    this.context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .properties(PROPERTIES)
            .properties(properties)
            .properties(Map.of("spring.datasource.url", database))
            .initializers(this::register)
            .run();
    this.jdbc = context.getBean(JdbcClient.class);
    this.uploads = new Uploads(jdbc, staging, this.store);
  }

  /// A worker with a database of its own, staging and store in directories.
  public static Worker local(Path directory) {
    return on(EmbeddedStack.freshDatabase(), directory, Map.of());
  }

  /// A worker on a database that others may use too, staging and store in directories.
  public static Worker on(String database, Path directory, Map<String, Object> properties) {
    try {
      StagingStore staging = new LocalStagingStore(directory.resolve("staging"), 0);
      return new Worker(
          database,
          staging,
          new LocalObjectStore(directory.resolve("store"), staging),
          new CountingWindow(),
          properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A worker on given stores.
  public static Worker on(
      String database,
      StagingStore staging,
      Function<StagingStore, ObjectStore> store,
      Map<String, Object> properties) {
    return new Worker(database, staging, store.apply(staging), new CountingWindow(), properties);
  }

  private void register(ConfigurableApplicationContext starting) {
    GenericApplicationContext beans = (GenericApplicationContext) starting;
    beans.registerBean(StagingStore.class, () -> staging);
    beans.registerBean(ObjectStore.class, () -> store);
    beans.registerBean(CountingWindow.class, () -> window, bean -> bean.setPrimary(true));
    beans.registerBean(RecordingSignals.class, () -> signals, bean -> bean.setPrimary(true));
    beans.registerBean(
        "recordingQueue", RecordingQueue.class, () -> queue, bean -> bean.setPrimary(true));
    beans.registerBean(
        "idleSlots", JobSlotsFactory.class, () -> plan -> slots, bean -> bean.setPrimary(true));
  }

  /// Delivers one job for the first time.
  public JobOutcome deliver(Job job) {
    return deliver(List.of(job), 1).getFirst();
  }

  /// Delivers one job as one that was delivered before.
  public JobOutcome deliverAgain(Job job) {
    return deliver(List.of(job), 2).getFirst();
  }

  /// Delivers a batch.
  public List<JobOutcome> deliver(List<Job> jobs, int deliveryCount) {
    long holdUntil = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    List<DeliveredJob> batch =
        jobs.stream()
            .map(job -> new DeliveredJob(job, Instant.EPOCH, deliveryCount, holdUntil))
            .toList();
    try {
      return handler().handle(batch);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Delivers whatever is in the queue, and whatever that leads to, until nothing is left.
  public void drain() {
    for (List<Job> jobs = queue.takeAll(); !jobs.isEmpty(); jobs = queue.takeAll()) {
      for (Job job : jobs) {
        JobOutcome outcome = deliver(job);
        if (!(outcome instanceof JobOutcome.Done)) {
          throw new AssertionError(job + ": " + outcome);
        }
      }
    }
  }

  public JobHandler handler() {
    return context.getBean(JobHandler.class);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// The dead letters in the database, as `job_type cause`.
  public List<String> deadLetters() {
    return jdbc.sql("select job_type || ' ' || cause from dead_letters order by last_failed_at")
        .query((row, number) -> row.getString(1))
        .list();
  }

  @Override
  public void close() {
    context.close();
  }
}
