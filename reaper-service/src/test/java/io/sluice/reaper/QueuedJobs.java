package io.sluice.reaper;

import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.message.Decoded;
import io.sluice.queue.message.JobCodec;
import io.sluice.queue.produce.PendingJob;
import io.sluice.queue.topic.JobTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Everything that was ever put into the queue, as anyone can read it there.
public final class QueuedJobs {

  private final KafkaClients clients;
  private final JobTopics topics;
  private final JobCodec codec = new JobCodec();

  QueuedJobs(KafkaClients clients, JobTopics topics) {
    this.clients = clients;
    this.topics = topics;
  }

  public List<Job> all() {
    List<Job> jobs = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      in(lane).forEach(pending -> jobs.add(pending.job()));
    }
    return jobs;
  }

  /// Those of one upload.
  public List<Job> of(UUID upload) {
    return all().stream().filter(job -> job.uploadId().equals(upload)).toList();
  }

  /// The parts of one upload that were enqueued, in order.
  public List<Integer> partsOf(UUID upload) {
    return of(upload).stream().map(job -> ((Job.StorePart) job).part()).toList();
  }

  public List<PendingJob> in(Lane lane) {
    TopicPartition partition = new TopicPartition(topics.of(lane), 0);
    List<PendingJob> jobs = new ArrayList<>();
    try (Consumer<byte[], byte[]> reader = clients.reader()) {
      reader.assign(Set.of(partition));
      reader.seekToBeginning(Set.of(partition));
      Map<TopicPartition, Long> ends = reader.endOffsets(Set.of(partition));
      while (reader.position(partition) < ends.getOrDefault(partition, 0L)) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
          switch (codec.decode(record.value(), lane)) {
            case Decoded.Understood understood ->
                jobs.add(new PendingJob(understood.job(), understood.enqueuedAt()));
            case Decoded.Unsupported unsupported -> throw new AssertionError(unsupported);
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable);
          }
        }
      }
    }
    return jobs;
  }
}
