package io.sluice.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.host.Host;
import io.sluice.embedded.process.DirectoryInUseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerIT {

  @TempDir private Path directory;

  @Test
  void clusterPortAndRecordsAreFoundAgainAfterAnOrderlyStop() throws Exception {
    String clusterId;
    int port;
    try (KafkaServer server = KafkaServer.start(directory, 0)) {
      clusterId = server.clusterId();
      port = server.port();
      Topics topics = new Topics(server.bootstrapServers());
      topics.create("kept");
      topics.produce("kept", 0, 100);
    }
    try (KafkaServer server = KafkaServer.start(directory, 0)) {
      assertThat(server.clusterId()).isEqualTo(clusterId);
      assertThat(server.port()).isEqualTo(port);
      Topics topics = new Topics(server.bootstrapServers());
      assertThat(topics.readAll("kept")).containsExactlyElementsOf(numbers(0, 100));
      try (Admin admin = topics.admin()) {
        assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
      }
    }
  }

  @Test
  void acknowledgedRecordsSurviveTheDeathOfTheBroker() throws Exception {
    try (Host host = Host.of("kafka", directory)) {
      Topics topics = new Topics(host.address());
      topics.create("kept");
      topics.produce("kept", 0, 1000);
      host.kill();
    }
    try (KafkaServer server = KafkaServer.start(directory, 0)) {
      Topics topics = new Topics(server.bootstrapServers());
      topics.produce("kept", 1000, 1010);
      assertThat(topics.readAll("kept")).containsExactlyElementsOf(numbers(0, 1010));
    }
  }

  @Test
  void aTopicIsNotMadeByAskingForIt() throws Exception {
    String address = EmbeddedStack.kafka().bootstrapServers();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address, "max.block.ms", "1000"),
            new StringSerializer(),
            new StringSerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("misspelt", "x")).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
    try (Admin admin = new Topics(address).admin()) {
      assertThat(admin.listTopics().names().get()).doesNotContain("misspelt");
    }
  }

  @Test
  void aStartThatFailsLeavesTheDirectoryFree() throws Exception {
    KafkaServer.start(directory, 0).close();
    Path identity = directory.resolve("log/meta.properties");
    String right = Files.readString(identity);
    Files.writeString(identity, right.replaceAll("cluster.id=.*", "cluster.id=another"));
    assertThatThrownBy(() -> KafkaServer.start(directory, 0)).hasMessageContaining("another");

    Files.writeString(identity, right);
    try (KafkaServer server = KafkaServer.start(directory, 0)) {
      assertThat(right).contains(server.clusterId());
    }
  }

  @Test
  void aSecondBrokerOnTheSameDirectoryIsRefused() throws Exception {
    try (KafkaServer server = KafkaServer.start(directory, 0)) {
      assertThatThrownBy(() -> KafkaServer.start(directory, 0))
          .isInstanceOf(DirectoryInUseException.class);
      try (Admin admin = new Topics(server.bootstrapServers()).admin()) {
        assertThat(admin.listTopics().names().get()).isEqualTo(Set.of());
      }
    }
  }

  private static Iterable<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
