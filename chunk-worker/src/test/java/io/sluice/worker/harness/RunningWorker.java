package io.sluice.worker.harness;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Job;
import io.sluice.queue.produce.EnqueueResult;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.PendingJob;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StagingStore;
import io.sluice.worker.WorkerApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A worker as it is shipped, on real PostgreSQL, Kafka and Redis. Only its object store can be told to fail.
public final class RunningWorker implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private RunningWorker(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /// Settings for the shared Kafka and Redis, with topics and keys of their own.
  ///
  /// @param name what tells them from those of other tests
  public static Map<String, Object> settings(
      String name, String database, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("server.port", "0");
    settings.put("spring.datasource.url", database);
    settings.put("sluice.staging.min-free-bytes", "0");
    settings.put("sluice.kafka.bootstrap-servers", EmbeddedStack.kafka().bootstrapServers());
    settings.put("sluice.kafka.topic-prefix", name);
    settings.put("sluice.kafka.partitions", "1");
    settings.put("sluice.redis.url", EmbeddedStack.redis().url());
    settings.put("sluice.redis.key-prefix", name);
    return settings;
  }

  public static RunningWorker start(Map<String, Object> settings) {
    return new RunningWorker(
        new SpringApplicationBuilder(WorkerApplication.class)
            .initializers(
                starting -> starting.getBeanFactory().addBeanPostProcessor(new MadeFaulty()))
            .run(
                settings.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new)));
  }

  private static final class MadeFaulty implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
      return bean instanceof ObjectStore real ? new FaultyStore(real) : bean;
    }
  }

  public FaultyStore store() {
    return (FaultyStore) bean(ObjectStore.class);
  }

  public Uploads uploads() {
    return new Uploads(bean(JdbcClient.class), bean(StagingStore.class), store());
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// Puts jobs into Kafka, as soon as their topics are there.
  public void enqueue(List<? extends Job> jobs) {
    Queue<Job> left = new ArrayDeque<>(jobs);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          List<Job> sent = List.copyOf(left);
          List<EnqueueResult> results =
              bean(JobQueue.class)
                  .enqueueAll(
                      sent.stream().map(job -> new PendingJob(job, Instant.EPOCH)).toList());
          for (int i = 0; i < sent.size(); i++) {
            if (results.get(i) instanceof EnqueueResult.Enqueued) {
              left.remove(sent.get(i));
            }
          }
          return left.isEmpty();
        });
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /// Stops in order, as SIGTERM does.
  @Override
  public void close() {
    context.close();
  }
}
