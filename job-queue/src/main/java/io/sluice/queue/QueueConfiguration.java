package io.sluice.queue;

import io.sluice.queue.backlog.KafkaQueueBacklog;
import io.sluice.queue.backlog.QueueBacklog;
import io.sluice.queue.client.ClientSettings;
import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.client.ProduceCircuit;
import io.sluice.queue.message.JobCodec;
import io.sluice.queue.produce.BoundedProducer;
import io.sluice.queue.produce.DeadLetterTopic;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.KafkaDeadLetterTopic;
import io.sluice.queue.produce.KafkaJobQueue;
import io.sluice.queue.slot.JobSlotsFactory;
import io.sluice.queue.slot.KafkaJobSlotsFactory;
import io.sluice.queue.topic.JobTopics;
import io.sluice.queue.topic.TopicKeeper;
import io.sluice.queue.topic.TopicPlan;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The queue's beans: import it, and inject [JobQueue], [DeadLetterTopic] and [QueueBacklog]; a worker
/// also injects [JobSlotsFactory] and makes a bean of the slots it creates.
///
/// Nothing connects until it is used, and nothing fails because Kafka is away. Needs a [Clock] bean.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class QueueConfiguration {

  @Bean
  KafkaClients kafkaClients(KafkaSettings settings) {
    return new KafkaClients(
        new ClientSettings(
            settings.bootstrapServers(),
            settings.clientId(),
            settings.produceTimeout(),
            settings.adminTimeout(),
            settings.properties()));
  }

  @Bean
  TopicPlan topicPlan(KafkaSettings settings) {
    return new TopicPlan(
        new JobTopics(settings.topicPrefix()),
        settings.partitions(),
        settings.replication(),
        settings.heavyLock(),
        settings.lightLock());
  }

  @Bean
  JobCodec jobCodec() {
    return new JobCodec();
  }

  @Bean
  ProduceCircuit produceCircuit() {
    return new ProduceCircuit();
  }

  @Bean
  TopicKeeper topicKeeper(KafkaClients clients, TopicPlan plan, ProduceCircuit circuit) {
    return new TopicKeeper(clients, plan, circuit);
  }

  @Bean
  BoundedProducer boundedProducer(KafkaClients clients, ProduceCircuit circuit) {
    return new BoundedProducer(clients, circuit);
  }

  @Bean
  JobQueue jobQueue(BoundedProducer producer, TopicPlan plan, JobCodec codec) {
    return new KafkaJobQueue(producer, plan.topics(), codec);
  }

  @Bean
  DeadLetterTopic deadLetterTopic(BoundedProducer producer, TopicPlan plan) {
    return new KafkaDeadLetterTopic(producer, plan.topics());
  }

  @Bean
  QueueBacklog queueBacklog(KafkaClients clients, TopicPlan plan, JobCodec codec) {
    return new KafkaQueueBacklog(clients, plan.topics(), codec);
  }

  @Bean
  JobSlotsFactory jobSlotsFactory(
      KafkaClients clients,
      TopicPlan plan,
      TopicKeeper keeper,
      BoundedProducer producer,
      JobCodec codec,
      Clock clock) {
    return new KafkaJobSlotsFactory(clients, plan, keeper, producer, codec, clock);
  }
}
