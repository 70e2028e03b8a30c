package io.sluice.queue.produce;

import io.sluice.failpoint.Failpoint;
import io.sluice.queue.message.JobCodec;
import io.sluice.queue.topic.JobTopics;
import java.util.List;

/// [JobQueue] on Kafka.
public final class KafkaJobQueue implements JobQueue {

  private final BoundedProducer producer;
  private final JobTopics topics;
  private final JobCodec codec;

  public KafkaJobQueue(BoundedProducer producer, JobTopics topics, JobCodec codec) {
    this.producer = producer;
    this.topics = topics;
    this.codec = codec;
  }

  @Override
  public List<EnqueueResult> enqueueAll(List<PendingJob> jobs) {
    Failpoint.hit("queue.before-produce");
    List<EnqueueResult> results = producer.send(jobs.stream().map(this::message).toList());
    Failpoint.hit("queue.after-produce");
    return results;
  }

  @Override
  public boolean reachable() {
    return producer.reachable();
  }

  private Outgoing message(PendingJob pending) {
    return new Outgoing(
        topics.of(pending.job().lane()),
        codec.encode(pending.job(), pending.enqueuedAt()),
        List.of());
  }
}
