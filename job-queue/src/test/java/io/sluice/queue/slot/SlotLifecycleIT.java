package io.sluice.queue.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.QueueFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlotLifecycleIT {

  /// Well within a lock's time: a job that some slot keeps locked without running it is not run so soon.
  private static final Duration SOON = Duration.ofSeconds(12);

  @Test
  void aStopFinishesAndAcknowledgesTheJobInHandAndTakesNoMore() {
    try (QueueFixture stopping = fixture();
        QueueFixture staying = sharing(stopping)) {
      Job inHand = QueueFixture.heavy(0);
      HoldingHandler handler = new HoldingHandler(inHand);
      JobSlots slots = stopping.slots(Plans.of(1, 0, handler));
      stopping.enqueue(inHand);
      await().until(handler::holding);
      Thread stop = Thread.startVirtualThread(slots::stop);
      Job next = QueueFixture.heavy(1);
      stopping.enqueue(next);
      RecordingHandler other = new RecordingHandler();
      staying.slots(Plans.of(1, 0, other));
      await().until(() -> other.count(next) == 1);
      assertThat(slots.isRunning()).isTrue();

      handler.release();
      await().until(() -> !stop.isAlive());
      assertThat(slots.isRunning()).isFalse();
      stopping.awaitEmpty(Lane.HEAVY);
      assertThat(handler.done().jobs()).containsExactly(inHand);
      assertThat(other.jobs()).containsExactly(next);
    }
  }

  @Test
  void aJobThatOutlastsTheDrainGoesToAnotherWorker() {
    try (QueueFixture stopping = fixture();
        QueueFixture staying = sharing(stopping)) {
      Job job = QueueFixture.heavy(0);
      HoldingHandler handler = new HoldingHandler(job);
      JobSlots slots =
          stopping.slots(
              new SlotPlan(1, 0, 1, Duration.ofMillis(300), handler, handler, letter -> {}));
      stopping.enqueue(job);
      await().until(handler::holding);
      RecordingHandler other = new RecordingHandler();
      staying.slots(Plans.of(1, 0, other));

      slots.stop();

      await().atMost(SOON).until(() -> other.count(job) == 1);
      assertThat(handler.done().jobs()).isEmpty();
      assertThat(slots.isRunning()).isFalse();
      stopping.awaitEmpty(Lane.HEAVY);
    }
  }

  @Test
  void aPausedLaneTakesNothingAndKeepsNothingFromOthers() {
    try (QueueFixture pausing = fixture();
        QueueFixture working = sharing(pausing)) {
      RecordingHandler handler = new RecordingHandler();
      JobSlots slots = pausing.slots(Plans.of(2, 1, handler));
      Job before = QueueFixture.heavy(0);
      pausing.enqueue(before);
      await().until(() -> handler.count(before) == 1);

      slots.pause(Lane.HEAVY);
      assertThat(slots.paused(Lane.HEAVY)).isTrue();
      List<Job> waiting = List.of(QueueFixture.heavy(1), QueueFixture.heavy(2));
      pausing.enqueueAll(waiting);
      Job light = QueueFixture.light(3);
      pausing.enqueue(light);
      await().until(() -> handler.count(light) == 1);
      RecordingHandler other = new RecordingHandler();
      JobSlots others = working.slots(Plans.of(1, 0, other));
      await().atMost(SOON).until(() -> other.jobs().containsAll(waiting));
      assertThat(handler.jobs()).containsExactly(before, light);
      others.stop();

      Job after = QueueFixture.heavy(4);
      pausing.enqueue(after);
      slots.resume(Lane.HEAVY);
      await().atMost(SOON).until(() -> handler.count(after) == 1);
      pausing.awaitEmpty(Lane.HEAVY);
    }
  }

  @Test
  void aSlotThatMayTakeNoMoreLocksNoJob() {
    try (QueueFixture shrinking = fixture();
        QueueFixture working = sharing(shrinking)) {
      Job held = QueueFixture.heavy(0);
      HoldingHandler handler = new HoldingHandler(held);
      JobSlots slots = shrinking.slots(Plans.of(3, 0, handler));
      shrinking.enqueue(held);
      await().until(handler::holding);

      // One of the three is busy, the others have a fetch open.
      slots.setActiveHeavySlots(0);
      assertThat(slots.activeHeavySlots()).isZero();
      handler.release();
      await().until(() -> handler.done().count(held) == 1 && slots.busySlots(Lane.HEAVY) == 0);
      List<Job> jobs = List.of(QueueFixture.heavy(1), QueueFixture.heavy(2), QueueFixture.heavy(3));
      shrinking.enqueueAll(jobs);
      RecordingHandler other = new RecordingHandler();
      JobSlots others = working.slots(Plans.of(1, 0, other));
      await().atMost(SOON).until(() -> other.jobs().containsAll(jobs));
      others.stop();

      slots.setActiveHeavySlots(99);
      assertThat(slots.activeHeavySlots()).isEqualTo(3);
      Job after = QueueFixture.heavy(4);
      shrinking.enqueue(after);
      await().atMost(SOON).until(() -> handler.done().count(after) == 1);
      assertThat(handler.done().jobs()).containsExactly(held, after);
    }
  }

  /// An error kills a thread unless somebody looks after it.
  @Test
  void aSlotStartsAgainAfterAnError() {
    try (QueueFixture process = fixture()) {
      AtomicInteger tries = new AtomicInteger();
      RecordingHandler recording = new RecordingHandler();
      process.slots(
          Plans.of(
              1,
              0,
              batch -> {
                if (tries.incrementAndGet() == 1) {
                  throw new StackOverflowError("a deep one");
                }
                return recording.handle(batch);
              }));
      Job job = QueueFixture.heavy(0);
      process.enqueue(job);
      await().until(() -> recording.count(job) == 1);
      process.awaitEmpty(Lane.HEAVY);
    }
  }

  private static QueueFixture fixture() {
    return QueueFixture.on(EmbeddedStack.kafka().bootstrapServers());
  }

  private static QueueFixture sharing(QueueFixture other) {
    return QueueFixture.sharing(other.prefix(), EmbeddedStack.kafka().bootstrapServers());
  }
}
