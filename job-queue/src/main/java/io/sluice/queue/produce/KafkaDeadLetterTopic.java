package io.sluice.queue.produce;

import io.sluice.model.job.Job;
import io.sluice.queue.topic.JobTopics;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// [DeadLetterTopic] on Kafka: one JSON object a letter, fields that do not apply left out.
public final class KafkaDeadLetterTopic implements DeadLetterTopic {

  private static final int VERSION = 1;

  private final BoundedProducer producer;
  private final JobTopics topics;
  private final JsonMapper mapper = new JsonMapper();

  public KafkaDeadLetterTopic(BoundedProducer producer, JobTopics topics) {
    this.producer = producer;
    this.topics = topics;
  }

  @Override
  public EnqueueResult publish(DeadLetter letter) {
    Outgoing message = new Outgoing(topics.deadLetters(), encode(letter), List.of());
    return producer.send(List.of(message)).getFirst();
  }

  private byte[] encode(DeadLetter letter) {
    ObjectNode json = mapper.createObjectNode();
    json.put("v", VERSION);
    json.put("cause", letter.cause());
    json.put("detail", letter.detail());
    json.put("attempts", letter.attempts());
    if (letter.firstFailedAt() != null) {
      json.put("first_failed_at", letter.firstFailedAt().toString());
    }
    json.put("last_failed_at", letter.lastFailedAt().toString());
    if (letter.job() != null) {
      putJob(json, letter.job());
    }
    if (letter.payloadBase64() != null) {
      json.put("payload_base64", letter.payloadBase64());
    }
    return mapper.writeValueAsBytes(json);
  }

  private static void putJob(ObjectNode json, Job job) {
    json.put("upload_id", job.uploadId().toString());
    switch (job) {
      case Job.StorePart storePart -> json.put("type", "store-part").put("part", storePart.part());
      case Job.FinalizeUpload finalizeUpload -> json.put("type", "finalize-upload");
      case Job.PurgeUpload purgeUpload -> json.put("type", "purge-upload");
    }
  }
}
