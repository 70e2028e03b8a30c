package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.facts.KafkaJobs;
import io.sluice.acceptance.fault.JobTopics;
import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.proxy.Refusal;
import io.sluice.acceptance.proxy.S3Operation;
import io.sluice.acceptance.proxy.StoreAnswer;
import io.sluice.acceptance.workload.Administrator;
import io.sluice.acceptance.workload.ManualUpload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Jobs that are lost, repeated or no jobs at all.
@ExtendWith(HealedAndAudited.class)
class QueueBreaksIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Running running;

  QueueBreaksIT() throws IOException {
    running = Running.system();
  }

  private JobTopics topics() {
    return new JobTopics(running.processes().servers().bootstrapServers());
  }

  @Test
  @Row("the row, no job (or Kafka lost it, or the topic was deleted)")
  void aGatewayThatDiesBetweenRowAndJobOnlyCostsTime() throws Exception {
    Service gateway = running.gateway(0);
    ManualUpload upload = running.upload(2);
    gateway.failpoints("gateway.chunk-committed=halt");

    try {
      upload.through(running.only(gateway)).send(0);
    } catch (IOException died) {
      // Its connections end a moment before its last thread.
      await().atMost(SOON).until(() -> !gateway.isAlive());
    }

    ManualUpload elsewhere = upload.through(running.only(running.gateway(1)));
    await().atMost(SOON).until(() -> elsewhere.storedChunks() == 1);
  }

  @Test
  @Row("the row, no job (or Kafka lost it, or the topic was deleted)")
  void jobsOfADeletedTopicAreMadeAgain() throws Exception {
    ManualUpload upload = running.upload(2);
    for (Service worker : running.workers()) {
      worker.freeze();
    }
    upload.sendAll();
    try (JobTopics topics = topics()) {
      for (String topic : KafkaJobs.GROUPS.keySet()) {
        topics.delete(topic);
      }
    }
    for (Service worker : running.workers()) {
      worker.thaw();
    }

    await().atMost(SOON.plusSeconds(20)).until(() -> upload.storedChunks() == 2);
  }

  @Test
  @Row("a message nobody can read")
  void poisonBecomesADeadLetterAndThePartitionMovesOn() throws Exception {
    int before = deadLetters();
    try (JobTopics topics = topics()) {
      for (String topic : KafkaJobs.GROUPS.keySet()) {
        topics.produce(
            topic,
            List.of(
                "no job".getBytes(StandardCharsets.UTF_8),
                new byte[5000],
                "{\"v\":1,\"type\":\"store-part\"}".getBytes(StandardCharsets.UTF_8)));
      }
    }
    ManualUpload upload = running.upload(2);
    upload.sendAll();

    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(deadLetters()).isEqualTo(before + 6));
  }

  private int deadLetters() throws IOException {
    return running.inspection().world().database().deadLetters().size();
  }

  @Test
  @Row("a job is parked")
  void whatIsParkedIsStoredByItsReplay() throws Exception {
    Refusal refusal = Refusal.of(S3Operation.UPLOAD_PART, StoreAnswer.xml(400, "InvalidArgument"));
    running.s3().refuse(refusal);
    ManualUpload upload = running.upload(2);
    upload.send(0);
    Administrator administrator = running.administrator();
    UUID letter =
        await()
            .atMost(SOON)
            .until(() -> administrator.deadLettersOf(upload.id()), letters -> !letters.isEmpty())
            .getFirst();
    assertThat(running.chunks(upload.id()).getFirst().status()).isEqualTo("STAGED");

    assertThat(administrator.replay(letter).status()).isEqualTo(200);
    assertThat(administrator.replay(letter).status()).isEqualTo(200);
    running.s3().heal();

    await().atMost(SOON).until(() -> upload.storedChunks() == 1);
    assertThat(upload.send(1).status()).isEqualTo(202);
    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    assertThat(upload.downloadsIdentical()).isTrue();
    await().atMost(SOON).until(() -> administrator.deadLettersOf(upload.id()).isEmpty());
  }

  @Test
  @Row("staged bytes deleted, record not acknowledged")
  void everyJobThatEverWasInAnotherOrderChangesNothing() throws Exception {
    ManualUpload upload = running.upload(3);
    upload.sendAll();
    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    try (JobTopics topics = topics()) {
      for (String topic : KafkaJobs.GROUPS.keySet()) {
        List<byte[]> all = new ArrayList<>(topics.read(topic, 10_000));
        Collections.shuffle(all, new Random(1));
        topics.produce(topic, all);
      }
    }

    running.audit();
    assertThat(upload.state()).isEqualTo("COMPLETED");
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("staged bytes deleted, record not acknowledged")
  void aGroupSetBackToItsFirstRecordChangesNothing() throws Exception {
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    for (Service worker : running.workers()) {
      worker.stop();
    }
    try (JobTopics topics = topics()) {
      for (var entry : KafkaJobs.GROUPS.entrySet()) {
        topics.resetToEarliest(entry.getKey(), entry.getValue());
      }
    }
    running.heal();

    running.audit();
    assertThat(upload.state()).isEqualTo("COMPLETED");
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("Kafka stopped")
  void chunksAreAcceptedWhileKafkaIsDownAndDrainedAfter() throws Exception {
    Member kafka = running.processes().servers().kafka();
    kafka.kill();
    ManualUpload upload = running.upload(3);

    upload.sendAll();
    assertThat(upload.complete("respond-async").status()).isEqualTo(202);
    kafka.start();

    await().atMost(Duration.ofSeconds(60)).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
  }
}
