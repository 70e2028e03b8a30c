package io.sluice.worker.harness;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.process.DirectoryTree;
import io.sluice.embedded.s3.S3Server;
import io.sluice.model.job.Job;
import io.sluice.queue.slot.DeliveredJob;
import io.sluice.queue.slot.JobHandler;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.queue.slot.JobSlotsFactory;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StagingStore;
import io.sluice.worker.WorkerConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A whole worker, but for its slots, on a real database and real stores: jobs that it enqueues are kept,
/// and a test delivers them when, as often and in the order it likes. Registered as an extension, it has nothing left over
/// before each test and is gone after the last.
public final class Worker implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

  /// What the worker is made of.
  @EnableAutoConfiguration
  @Import(WorkerConfiguration.class)
  static class Parts {}

  /// Quick and patient: no test waits for a back-off, none is cut short by one.
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "sluice.worker.quick-delay", "0ms",
          "sluice.worker.rounds-before-parking", "4",
          "sluice.worker.round-delay", "0ms",
          "sluice.worker.longest-round-delay", "0ms",
          "sluice.worker.away-delay", "0ms",
          "sluice.worker.loss-after", "0ms",
          "sluice.worker.circuit.probe-delay", "20ms",
          "sluice.worker.circuit.longest-probe-delay", "50ms",
          "sluice.staging.min-free-bytes", "0",
          "sluice.window.max-fair-inflight-chunks-per-upload", "2");

  private final ConfigurableApplicationContext context;

  public final RecordingQueue queue = new RecordingQueue();
  public final RecordingSignals signals = new RecordingSignals();
  public final IdleSlots slots = new IdleSlots();
  public final CountingWindow window;
  public final StagingStore staging;
  public final FaultyStore store;
  public final JdbcClient jdbc;
  public final Uploads uploads;

  private final Map<String, Object> given;
  private @Nullable Path directory;

  private Worker(String database, CountingWindow window, Map<String, Object> properties) {
    this.window = window;
    this.given = Map.copyOf(properties);
    this.context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .properties(PROPERTIES)
            .properties(properties)
            .properties(Map.of("spring.datasource.url", database))
            .initializers(this::register)
            .run();
    this.staging = context.getBean(StagingStore.class);
    this.store = (FaultyStore) context.getBean(ObjectStore.class);
    this.jdbc = context.getBean(JdbcClient.class);
    this.uploads = new Uploads(jdbc, staging, store);
  }

  /// A worker with a database of its own, staging and store in directories that go with it.
  public static Worker local() {
    try {
      Path directory = Files.createTempDirectory("worker-");
      Worker worker = local(directory);
      worker.directory = directory;
      return worker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A worker with a database of its own, staging and store in directories.
  public static Worker local(Path directory) {
    return on(EmbeddedStack.freshDatabase(), local(directory, Map.of()));
  }

  /// A worker with a database of its own, staging in a directory and objects on the shared S3 server.
  public static Worker s3(Path directory) {
    return on(EmbeddedStack.freshDatabase(), s3(directory, Map.of()));
  }

  /// A worker on a database that others may use too.
  public static Worker on(String database, Map<String, Object> properties) {
    return new Worker(database, new CountingWindow(), properties);
  }

  /// Another worker on the same database, stores and window.
  public Worker another() {
    return new Worker(
        Objects.requireNonNull(context.getEnvironment().getProperty("spring.datasource.url")),
        window,
        given);
  }

  /// Settings for staging and store in directories.
  public static Map<String, Object> local(Path directory, Map<String, Object> more) {
    return with(Map.of("sluice.storage.root", directory.toString()), more);
  }

  /// Settings for staging in a directory and objects on the shared S3 server.
  public static Map<String, Object> s3(Path directory, Map<String, Object> more) {
    S3Server server = EmbeddedStack.s3();
    return with(
        Map.of(
            "sluice.staging.root",
            directory.toString(),
            "sluice.storage.backend",
            "s3",
            "sluice.s3.endpoint",
            server.endpoint().toString(),
            "sluice.s3.path-style",
            "true",
            "sluice.s3.access-key",
            server.accessKey(),
            "sluice.s3.secret-key",
            server.secretKey(),
            "sluice.s3.bucket",
            S3Server.BUCKET,
            "sluice.s3.prefix",
            "worker-" + UUID.randomUUID() + "/"),
        more);
  }

  private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private void register(ConfigurableApplicationContext starting) {
    GenericApplicationContext beans = (GenericApplicationContext) starting;
    beans.registerBean(CountingWindow.class, () -> window, bean -> bean.setPrimary(true));
    beans.registerBean(RecordingSignals.class, () -> signals, bean -> bean.setPrimary(true));
    beans.registerBean(
        "recordingQueue", RecordingQueue.class, () -> queue, bean -> bean.setPrimary(true));
    beans.registerBean(
        "idleSlots", JobSlotsFactory.class, () -> plan -> slots, bean -> bean.setPrimary(true));
    beans.getBeanFactory().addBeanPostProcessor(new MadeFaulty());
  }

  private static final class MadeFaulty implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
      return bean instanceof ObjectStore real ? new FaultyStore(real) : bean;
    }
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

  /// The open dead letters in the database, as `job_type cause`.
  public List<String> deadLetters() {
    return jdbc.sql(
            """
            select job_type || ' ' || cause from dead_letters
            where replayed_at is null and resolved_at is null order by last_failed_at
            """)
        .query((row, number) -> row.getString(1))
        .list();
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    store.heal();
    queue.clear();
  }

  @Override
  public void afterAll(ExtensionContext tests) throws IOException {
    close();
    if (directory != null) {
      DirectoryTree.delete(directory);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
