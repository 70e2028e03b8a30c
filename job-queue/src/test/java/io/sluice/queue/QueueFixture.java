package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.QueueBacklog;
import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.produce.DeadLetterTopic;
import io.sluice.queue.produce.EnqueueResult;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.PendingJob;
import io.sluice.queue.slot.JobSlots;
import io.sluice.queue.slot.JobSlotsFactory;
import io.sluice.queue.slot.SlotPlan;
import io.sluice.queue.topic.JobTopics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/// The queue as one process has it: the beans of [QueueConfiguration] on a real Kafka, with topics of
/// its own unless it is told to share those of another.
public final class QueueFixture implements AutoCloseable {

  /// When the jobs of tests say they were enqueued.
  public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final String prefix;

  private QueueFixture(Map<String, Object> properties) {
    prefix = String.valueOf(properties.get("sluice.kafka.topic-prefix"));
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.register(QueueConfiguration.class, ClockConfiguration.class);
    context.refresh();
  }

  /// A process with topics of its own, which exist when it returns.
  public static QueueFixture on(String bootstrapServers, String... more) {
    QueueFixture fixture = sharing("t-" + UUID.randomUUID(), bootstrapServers, more);
    await().atMost(Duration.ofSeconds(30)).until(fixture::topicsExist);
    return fixture;
  }

  /// Whether all its topics are there.
  public boolean topicsExist() throws Exception {
    return clients().admin().listTopics().names().get().containsAll(topics().all());
  }

  /// A process that works on the topics of this prefix.
  public static QueueFixture sharing(String prefix, String bootstrapServers, String... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("sluice.kafka.bootstrap-servers", bootstrapServers);
    properties.put("sluice.kafka.topic-prefix", prefix);
    properties.put("sluice.kafka.partitions", "1");
    for (String property : more) {
      int at = property.indexOf('=');
      properties.put(property.substring(0, at), property.substring(at + 1));
    }
    return new QueueFixture(properties);
  }

  public String prefix() {
    return prefix;
  }

  public JobTopics topics() {
    return new JobTopics(prefix);
  }

  public JobQueue queue() {
    return context.getBean(JobQueue.class);
  }

  public QueueBacklog backlog() {
    return context.getBean(QueueBacklog.class);
  }

  public DeadLetterTopic deadLetters() {
    return context.getBean(DeadLetterTopic.class);
  }

  public KafkaClients clients() {
    return context.getBean(KafkaClients.class);
  }

  /// Slots that run already and end with the fixture.
  public JobSlots slots(SlotPlan plan) {
    JobSlots slots = context.getBean(JobSlotsFactory.class).create(plan);
    context.getBeanFactory().registerSingleton("slots-" + UUID.randomUUID(), slots);
    slots.start();
    return slots;
  }

  public static Job.StorePart heavy(int part) {
    return new Job.StorePart(UUID.randomUUID(), part, null, Lane.HEAVY);
  }

  public static Job.StorePart light(int part) {
    return new Job.StorePart(UUID.randomUUID(), part, null, Lane.LIGHT);
  }

  /// Enqueues, and fails the test if it does not work.
  public void enqueue(Job job) {
    enqueueAll(List.of(job));
  }

  /// Enqueues all, and fails the test if it does not work.
  public void enqueueAll(List<? extends Job> jobs) {
    List<PendingJob> pending = jobs.stream().map(job -> new PendingJob(job, AT)).toList();
    assertThat(queue().enqueueAll(pending))
        .hasSize(jobs.size())
        .allMatch(EnqueueResult.ENQUEUED::equals);
  }

  /// Waits until every job of the lane is acknowledged.
  public void awaitEmpty(Lane lane) {
    await().atMost(Duration.ofSeconds(60)).until(() -> backlog().records(lane).orElse(-1) == 0);
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  static class ClockConfiguration {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
