package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import io.sluice.queue.message.Decoded;
import io.sluice.queue.produce.BoundedProducer;
import io.sluice.queue.produce.DeadLetter;
import io.sluice.queue.produce.EnqueueResult;
import io.sluice.queue.produce.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one polled batch to its end: every record in it is acknowledged, or the slot is told to close.
///
/// When a handler cannot settle a job (it threw, or said not now) the job must be neither lost nor burnt.
/// None of Kafka's own ways will do: RELEASE hands the record out again at once and, after a handful of
/// deliveries, drops it for good; waiting for the lock to expire costs a delivery as well and keeps the
/// record from everybody for a minute; RENEW has lost records of others. So the slot keeps the job and
/// tries again with back-off, which by itself slows the worker down while PostgreSQL is away; once half
/// of the lock's time is used it puts a copy at the tail of the topic and acknowledges the original. A
/// copy starts with a fresh delivery count, and what stood behind the job gets its turn. If the copy
/// cannot be made either, Kafka itself is in trouble: the slot closes its consumer, which gives the
/// record back, and comes again after a pause.
///
/// A message of an unknown version takes the same way to the tail, after a short wait, until it meets a
/// worker that knows it.
final class BatchRun {

  private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration UNSUPPORTED_PAUSE = Duration.ofSeconds(1);

  /// A message that nobody has understood after so many rounds is given up.
  private static final int MOST_UNSUPPORTED_ROUNDS = 100;

  private final Lane lane;
  private final JobHandler handler;
  private final UnreadableHandler unreadableHandler;
  private final BoundedProducer producer;
  private final SlotGate gate;
  private final SlotCounts counts;
  private final Clock clock;

  BatchRun(
      Lane lane,
      JobHandler handler,
      UnreadableHandler unreadableHandler,
      BoundedProducer producer,
      SlotGate gate,
      SlotCounts counts,
      Clock clock) {
    this.lane = lane;
    this.handler = handler;
    this.unreadableHandler = unreadableHandler;
    this.producer = producer;
    this.gate = gate;
    this.counts = counts;
    this.clock = clock;
  }

  /// Runs the batch.
  ///
  /// @return false if records were left without acknowledgement because the process is stopping
  /// @throws HandBackException records could not be settled nor handed back
  boolean run(SlotConsumer consumer, List<Delivery> batch, Duration lock)
      throws InterruptedException {
    long start = System.nanoTime();
    long holdUntil = start + lock.toNanos();
    long giveBackAt = start + lock.toNanos() / 2;
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    List<Delivery> open = batch;
    boolean firstTry = true;
    while (true) {
      List<Delivery> unsettled = attempt(open, holdUntil, firstTry);
      firstTry = false;
      settle(consumer, open, unsettled);
      if (unsettled.isEmpty()) {
        return true;
      }
      open = unsettled;
      Duration pause = onlyUnsupported(open) ? UNSUPPORTED_PAUSE : backoff.next();
      if (gate.awaitStop(pause)) {
        return false;
      }
      if (onlyUnsupported(open) || System.nanoTime() + pause.toNanos() >= giveBackAt) {
        handBack(consumer, open);
        return true;
      }
    }
  }

  /// One try of everything in hand.
  ///
  /// @return what is not settled
  private List<Delivery> attempt(List<Delivery> open, long holdUntil, boolean firstTry)
      throws InterruptedException {
    List<Delivery> unsettled = new ArrayList<>();
    List<Delivery> jobs = new ArrayList<>();
    List<DeliveredJob> batch = new ArrayList<>();
    for (Delivery delivery : open) {
      switch (delivery.decoded()) {
        case Decoded.Understood(var job, var enqueuedAt) -> {
          jobs.add(delivery);
          batch.add(new DeliveredJob(job, enqueuedAt, delivery.deliveryCount(), holdUntil));
        }
        case Decoded.Unreadable(String why) -> keepUnreadable(delivery, why, unsettled, firstTry);
        case Decoded.Unsupported(int version) -> {
          if (delivery.handedBack() < MOST_UNSUPPORTED_ROUNDS) {
            unsettled.add(delivery);
          } else {
            keepUnreadable(delivery, "no worker knows version " + version, unsettled, firstTry);
          }
        }
      }
    }
    if (!jobs.isEmpty()) {
      List<JobOutcome> outcomes = handle(batch, firstTry);
      for (int i = 0; i < jobs.size(); i++) {
        if (outcomes.get(i) instanceof JobOutcome.NotNow) {
          unsettled.add(jobs.get(i));
        }
      }
    }
    return unsettled;
  }

  private List<JobOutcome> handle(List<DeliveredJob> batch, boolean firstTry)
      throws InterruptedException {
    try {
      List<JobOutcome> outcomes = handler.handle(List.copyOf(batch));
      if (outcomes.size() != batch.size()) {
        throw new IllegalStateException(
            outcomes.size() + " outcomes for " + batch.size() + " jobs");
      }
      return outcomes;
    } catch (RuntimeException e) {
      complain("a handler of lane " + lane + " failed, its jobs stay in hand", e, firstTry);
      JobOutcome notNow = new JobOutcome.NotNow(e.toString());
      return batch.stream().map(job -> notNow).toList();
    }
  }

  private void keepUnreadable(
      Delivery delivery, String why, List<Delivery> unsettled, boolean firstTry) {
    try {
      unreadableHandler.keep(DeadLetter.ofUnreadable(delivery.bytes(), why, clock.instant()));
    } catch (RuntimeException e) {
      complain("an unreadable message of lane " + lane + " could not be kept", e, firstTry);
      unsettled.add(delivery);
    }
  }

  /// The whole story once; a database that is away makes every slot fail time and again.
  private static void complain(String what, RuntimeException e, boolean firstTry) {
    if (firstTry) {
      LOG.warn(what, e);
    } else {
      LOG.debug(what, e);
    }
  }

  private void settle(SlotConsumer consumer, List<Delivery> open, List<Delivery> unsettled) {
    if (unsettled.size() == open.size()) {
      return;
    }
    for (Delivery delivery : open) {
      if (!unsettled.contains(delivery)) {
        consumer.accept(delivery.record());
      }
    }
    consumer.commit();
  }

  private void handBack(SlotConsumer consumer, List<Delivery> open) {
    List<EnqueueResult> results = producer.send(open.stream().map(BatchRun::copyOf).toList());
    int refused = 0;
    for (int i = 0; i < open.size(); i++) {
      if (results.get(i) instanceof EnqueueResult.Enqueued) {
        consumer.accept(open.get(i).record());
        counts.handedBack();
      } else {
        refused++;
      }
    }
    consumer.commit();
    if (refused > 0) {
      throw new HandBackException(refused + " jobs could not be handed back");
    }
    if (open.stream().anyMatch(delivery -> delivery.handedBack() == 0)) {
      LOG.warn("{} jobs of lane {} went back to the tail of their topic", open.size(), lane);
    }
  }

  private static Outgoing copyOf(Delivery delivery) {
    String rounds = Integer.toString(delivery.handedBack() + 1);
    List<Header> headers =
        List.of(
            new RecordHeader(
                Delivery.HANDED_BACK_HEADER, rounds.getBytes(StandardCharsets.US_ASCII)));
    return new Outgoing(delivery.record().topic(), delivery.bytes(), headers);
  }

  private static boolean onlyUnsupported(List<Delivery> open) {
    return open.stream().allMatch(delivery -> delivery.decoded() instanceof Decoded.Unsupported);
  }
}
