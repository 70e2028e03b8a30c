package io.sluice.acceptance.fault;

import io.sluice.acceptance.facts.KafkaJobs;
import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Kafka that loses, repeats and garbles.
final class KafkaFaults {

  private static final int MOST_REPEATED = 2000;
  private static final int POISON = 5;

  private KafkaFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("delete-topic", KafkaFaults::deleteTopic),
        new Fault("reset-group", KafkaFaults::resetGroups),
        new Fault("duplicate-jobs", KafkaFaults::duplicateJobs),
        new Fault("poison-jobs", KafkaFaults::poison));
  }

  private static List<String> topics() {
    return new ArrayList<>(KafkaJobs.GROUPS.keySet());
  }

  private static void deleteTopic(Target target, Random random) throws IOException {
    List<String> topics = topics();
    try (JobTopics kafka = new JobTopics(target.system().servers().bootstrapServers())) {
      kafka.delete(topics.get(random.nextInt(topics.size())));
    }
  }

  /// A group's offsets can only be set while it has no members.
  private static void resetGroups(Target target, Random random)
      throws IOException, InterruptedException {
    List<Service> workers = target.system().services(Role.WORKER);
    try (JobTopics kafka = new JobTopics(target.system().servers().bootstrapServers())) {
      for (Service worker : workers) {
        worker.stop();
      }
      for (Map.Entry<String, String> entry : KafkaJobs.GROUPS.entrySet()) {
        kafka.resetToEarliest(entry.getKey(), entry.getValue());
      }
    } finally {
      for (Service worker : workers) {
        Target.revive(worker);
      }
    }
  }

  /// Everything that was ever enqueued, again, in another order.
  private static void duplicateJobs(Target target, Random random) throws IOException {
    try (JobTopics kafka = new JobTopics(target.system().servers().bootstrapServers())) {
      for (String topic : topics()) {
        List<byte[]> jobs = new ArrayList<>(kafka.read(topic, MOST_REPEATED));
        Collections.shuffle(jobs, random);
        kafka.produce(topic, jobs);
      }
    }
  }

  private static void poison(Target target, Random random) throws IOException {
    List<byte[]> poison = new ArrayList<>();
    for (int number = 0; number < POISON; number++) {
      byte[] garbage = new byte[random.nextInt(2000)];
      random.nextBytes(garbage);
      poison.add(garbage);
    }
    poison.add("{\"v\":1,\"type\":\"store-part\"}".getBytes(StandardCharsets.UTF_8));
    poison.add("{\"v\":1,\"type\":\"no-such\",\"upload_id\":7}".getBytes(StandardCharsets.UTF_8));
    try (JobTopics kafka = new JobTopics(target.system().servers().bootstrapServers())) {
      kafka.produce(topics().get(random.nextInt(2)), poison);
    }
  }
}
