package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import io.sluice.queue.message.JobCodec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that takes jobs, one batch at a time, for as long as the process runs.
///
/// Whatever breaks (the consumer, the broker, a handler that throws an [Error]) ends one round: the
/// consumer is closed, which gives its records back, and after a pause another is opened.
///
/// Of the slots of a lane that have nothing to do a few ask for jobs, and the others wait for their turn: a
/// broker goes through all fetches that are open for each job that comes.
///
/// A slot that may take no more jobs keeps its consumer without polling if it has just had some, for
/// then no fetch is open. After a poll that came back empty a fetch may still be open at the broker, and
/// the next job would be locked for a slot that does not look: so that one closes its consumer.
final class Slot implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Slot.class);

  private static final Duration LONGEST_POLL = Duration.ofSeconds(30);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);
  private static final Duration LONGEST_WAIT_FOR_TOPICS = Duration.ofSeconds(15);

  private final Lane lane;
  private final int index;
  private final SlotGate gate;
  private final Semaphore turns;
  private final SlotCounts counts;
  private final JobCodec codec;
  private final BatchRun batchRun;
  private final Supplier<SlotConsumer> consumers;
  private final BooleanSupplier topicsSeen;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15));
  private volatile @Nullable SlotConsumer current;

  Slot(
      Lane lane,
      int index,
      SlotGate gate,
      Semaphore turns,
      SlotCounts counts,
      JobCodec codec,
      BatchRun batchRun,
      Supplier<SlotConsumer> consumers,
      BooleanSupplier topicsSeen) {
    this.lane = lane;
    this.index = index;
    this.gate = gate;
    this.turns = turns;
    this.counts = counts;
    this.codec = codec;
    this.batchRun = batchRun;
    this.consumers = consumers;
    this.topicsSeen = topicsSeen;
  }

  String name() {
    return lane.name().toLowerCase(Locale.ROOT) + "-slot-" + index;
  }

  /// Makes the slot look at the gate if it is waiting for records and may not take any.
  void lookAtGate() {
    SlotConsumer polling = current;
    if (polling != null && !gate.open(lane, index)) {
      polling.wake();
    }
  }

  @Override
  public void run() {
    try {
      awaitTopics();
      while (gate.awaitOpen(lane, index)) {
        if (!round()) {
          gate.awaitStop(backoff.next());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{} interrupted", name());
    }
  }

  /// A group that sees its topic before its settings are made begins at the end. But who may not make
  /// settings on this Kafka must still be able to work.
  private void awaitTopics() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT_FOR_TOPICS.toNanos();
    while (!topicsSeen.getAsBoolean() && System.nanoTime() < deadline) {
      if (gate.awaitStop(Duration.ofMillis(20))) {
        return;
      }
    }
  }

  /// From opening a consumer to closing it.
  ///
  /// @return false if it ended with a failure
  @SuppressWarnings("CatchingUnchecked") // a slot that dies is a worker that shrinks unseen
  private boolean round() throws InterruptedException {
    try (SlotConsumer consumer = consumers.get()) {
      current = consumer;
      work(consumer);
      return true;
    } catch (InterruptException e) {
      throw new InterruptedException(e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.warn("{} starts again after a failure", name(), e);
      return false;
    } finally {
      current = null;
    }
  }

  /// A consumer that has had nothing for long is exchanged for another. It may really be idle; should it
  /// hang in a way that nobody has thought of, this is its way out.
  private static long idleUntil() {
    long idleMillis = LONGEST_IDLE.toMillis();
    return System.nanoTime()
        + ThreadLocalRandom.current().nextLong(idleMillis / 2, idleMillis) * 1_000_000;
  }

  private void work(SlotConsumer consumer) throws InterruptedException {
    while (true) {
      List<Delivery> batch = next(consumer);
      if (batch.isEmpty()) {
        return;
      }
      counts.began(lane);
      try {
        if (!batchRun.run(consumer, batch, consumer.lock())) {
          return;
        }
      } finally {
        counts.ended(lane);
      }
      backoff.reset();
    }
  }

  /// Waits for its turn to ask, and then until there are jobs.
  ///
  /// @return none if the slot may take no more, or has had none for long
  private List<Delivery> next(SlotConsumer consumer) throws InterruptedException {
    while (gate.awaitOpen(lane, index)) {
      turns.acquire();
      try {
        if (gate.open(lane, index)) {
          return poll(consumer);
        }
      } finally {
        turns.release();
      }
    }
    return List.of();
  }

  private List<Delivery> poll(SlotConsumer consumer) {
    long idleUntil = idleUntil();
    List<Delivery> batch;
    do {
      batch =
          consumer.poll(LONGEST_POLL).stream()
              .map(record -> Delivery.of(record, codec, lane))
              .toList();
    } while (batch.isEmpty() && gate.open(lane, index) && System.nanoTime() < idleUntil);
    return batch;
  }
}
