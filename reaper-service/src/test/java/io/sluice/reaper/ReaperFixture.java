package io.sluice.reaper;

import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.s3.S3Server;
import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.topic.JobTopics;
import io.sluice.reaper.run.RepairMetrics;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagingStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A reaper process without schedules, on real servers: a database, topics and a storage directory of its
/// own, which [#another] process may share. Registered as an extension, it is empty before each test and gone after the
/// last.
public final class ReaperFixture implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(ReaperPassConfiguration.class)
  static class Service {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    @Primary
    SwitchedGuard switchedGuard() {
      return new SwitchedGuard();
    }
  }

  /// An address of 127.0.0.1 where nothing listens.
  public static final String AWAY = "127.0.0.1:9";

  private final List<String> properties;
  private final ConfigurableApplicationContext context;

  private ReaperFixture(List<String> properties, Class<?>... more) {
    this.properties = List.copyOf(properties);
    this.context =
        new SpringApplicationBuilder(Service.class)
            .sources(more)
            .web(WebApplicationType.NONE)
            .properties(properties.toArray(String[]::new))
            .run();
    if (properties.stream().noneMatch(property -> property.endsWith(AWAY))) {
      await().atMost(Duration.ofMinutes(2)).until(this::topicsExist);
    }
  }

  /// A process on local storage.
  public static ReaperFixture local(String... more) {
    List<String> properties = new ArrayList<>(onLocalStorage());
    properties.addAll(List.of(more));
    return new ReaperFixture(properties);
  }

  /// A process on S3, for objects and staging.
  public static ReaperFixture s3(String... more) {
    String prefix = "r-" + UUID.randomUUID();
    List<String> properties = new ArrayList<>(onLocalStorage());
    properties.add("sluice.storage.backend=s3");
    properties.add("sluice.staging.backend=s3");
    properties.add("sluice.s3.bucket=" + S3Server.BUCKET);
    properties.add("sluice.s3.endpoint=" + EmbeddedStack.s3().endpoint());
    properties.add("sluice.s3.access-key=" + EmbeddedStack.s3().accessKey());
    properties.add("sluice.s3.secret-key=" + EmbeddedStack.s3().secretKey());
    properties.add("sluice.s3.path-style=true");
    properties.add("sluice.s3.prefix=" + prefix + "/objects/");
    properties.add("sluice.staging.prefix=" + prefix + "/staging/");
    properties.addAll(List.of(more));
    return new ReaperFixture(properties);
  }

  /// Settings of a process on servers of its own, as far as they are apart from those of others.
  static List<String> onLocalStorage() {
    return List.of(
        "spring.datasource.url=" + EmbeddedStack.freshDatabase(),
        "sluice.kafka.bootstrap-servers=" + EmbeddedStack.kafka().bootstrapServers(),
        "sluice.kafka.topic-prefix=r-" + UUID.randomUUID(),
        "sluice.kafka.partitions=1",
        "sluice.redis.url=" + EmbeddedStack.redis().url(),
        "sluice.redis.key-prefix=r-" + UUID.randomUUID(),
        "sluice.storage.root=" + directory());
  }

  /// A second process beside this one.
  public ReaperFixture another(String... more) {
    List<String> all = new ArrayList<>(properties);
    all.addAll(List.of(more));
    return new ReaperFixture(all);
  }

  /// A second process beside this one, with more in its context.
  public ReaperFixture another(Class<?> source, String... more) {
    List<String> all = new ArrayList<>(properties);
    all.addAll(List.of(more));
    return new ReaperFixture(all, source);
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("sluice-reaper-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean topicsExist() throws Exception {
    return clients().admin().listTopics().names().get().containsAll(topics().all());
  }

  public JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  /// Runs statements in one session.
  public void sql(String... statements) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String url() {
    return context.getEnvironment().getRequiredProperty("spring.datasource.url");
  }

  /// Empties the tables; the history stays.
  @Override
  public void beforeEach(ExtensionContext test) {
    clear();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    close();
  }

  public void clear() {
    sql(
        "truncate uploads, chunks, chunk_checksums, idempotency_keys, orphan_sightings, dead_letters,"
            + " sweep_brakes",
        "update deployment set expiry_seen_at = now()");
    guard().allow();
  }

  public Rows rows() {
    return new Rows(jdbc());
  }

  public QueuedJobs jobs() {
    return new QueuedJobs(clients(), topics());
  }

  public JobQueue queue() {
    return context.getBean(JobQueue.class);
  }

  public KafkaClients clients() {
    return context.getBean(KafkaClients.class);
  }

  public JobTopics topics() {
    return new JobTopics(context.getEnvironment().getRequiredProperty("sluice.kafka.topic-prefix"));
  }

  public StagingStore staging() {
    return context.getBean(StagingStore.class);
  }

  /// Stages a byte as this chunk of this upload.
  ///
  /// @return its key
  public String stage(UUID upload, int index) throws IOException {
    return staging()
        .stage(
            StageRequest.exactly(upload, index, 1, false),
            Channels.newChannel(new ByteArrayInputStream(new byte[1])))
        .stagingKey();
  }

  /// The keys of everything that is staged.
  public Set<String> staged() throws IOException {
    Set<String> keys = new HashSet<>();
    staging().forEach(entry -> keys.add(entry.stagingKey()));
    return keys;
  }

  /// Lets whatever was seen without an owner have been so for the grace period of known uploads.
  public void letGracePass() {
    letPass("61 minutes");
  }

  /// Lets whatever was seen without an owner have been so for longer, by an interval in SQL.
  public void letPass(String interval) {
    sql("update orphan_sightings set first_seen_at = first_seen_at - interval '" + interval + "'");
  }

  /// Says whether anything may be removed.
  public SwitchedGuard guard() {
    return context.getBean(SwitchedGuard.class);
  }

  public ObjectStore objects() {
    return context.getBean(ObjectStore.class);
  }

  public ReaperPass pass() {
    return context.getBean(ReaperPass.class);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// Runs one step to its end.
  public Run run(StepName name) throws IOException {
    Run run = new Run(() -> true, context.getBean(RepairMetrics.class));
    step(name).run(run);
    return run;
  }

  /// Runs one step that may go on so many times.
  public Run runAllowing(StepName name, int batches) throws IOException {
    AtomicInteger left = new AtomicInteger(batches);
    Run run = new Run(() -> left.getAndDecrement() > 0, context.getBean(RepairMetrics.class));
    step(name).run(run);
    return run;
  }

  /// Does something while another session has done this and not committed it.
  public void whileHolding(String sql, Doing doing) throws Exception {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      doing.run();
      connection.rollback();
    }
  }

  /// Something that a test does.
  public interface Doing {
    void run() throws Exception;
  }

  public Step step(StepName name) {
    return context.getBeansOfType(Step.class).values().stream()
        .filter(step -> step.name() == name)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    context.close();
  }
}
