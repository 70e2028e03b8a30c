package io.sluice.queue.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.job.Lane;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotGateTest {

  private static final Executor THREADS = Thread::startVirtualThread;

  private final SlotGate gate = new SlotGate(4);

  @Test
  void onlyTheActiveHeavySlotsAreOpenAndAllLightOnes() {
    gate.activate(2);
    assertThat(gate.open(Lane.HEAVY, 1)).isTrue();
    assertThat(gate.open(Lane.HEAVY, 2)).isFalse();
    assertThat(gate.open(Lane.LIGHT, 9)).isTrue();
  }

  @Test
  void aPauseClosesItsLaneOnly() {
    gate.pause(Lane.HEAVY);
    assertThat(gate.paused(Lane.HEAVY)).isTrue();
    assertThat(gate.open(Lane.HEAVY, 0)).isFalse();
    assertThat(gate.open(Lane.LIGHT, 0)).isTrue();
    gate.resume(Lane.HEAVY);
    assertThat(gate.open(Lane.HEAVY, 0)).isTrue();
  }

  @Test
  void whoWaitsIsLetInWhenTheGateOpens() throws Exception {
    gate.pause(Lane.LIGHT);
    CompletableFuture<Boolean> waiting = inBackground(() -> gate.awaitOpen(Lane.LIGHT, 0));
    gate.resume(Lane.LIGHT);
    assertThat(get(waiting)).isTrue();
  }

  @Test
  void aStopEndsEveryWait() throws Exception {
    gate.pause(Lane.HEAVY);
    CompletableFuture<Boolean> open = inBackground(() -> gate.awaitOpen(Lane.HEAVY, 0));
    CompletableFuture<Boolean> stop = inBackground(() -> gate.awaitStop(Duration.ofHours(1)));
    gate.stop();
    assertThat(get(open)).isFalse();
    assertThat(get(stop)).isTrue();
    gate.resume(Lane.HEAVY);
    assertThat(gate.open(Lane.HEAVY, 0)).isFalse();
    assertThat(gate.stopping()).isTrue();
  }

  @Test
  void aWaitForTheStopEndsInTimeWithoutOne() throws Exception {
    assertThat(gate.awaitStop(Duration.ofMillis(1))).isFalse();
  }

  private interface Waiting {
    boolean run() throws InterruptedException;
  }

  private static CompletableFuture<Boolean> inBackground(Waiting waiting) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return waiting.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        THREADS);
  }

  private static boolean get(CompletableFuture<Boolean> future) throws Exception {
    try {
      return future.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
