package io.sluice.standalone.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.Instance;
import io.sluice.standalone.instance.InstanceState;
import io.sluice.standalone.instance.Member;
import io.sluice.standalone.instance.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {

  @TempDir private Path directory;
  private final List<Run> runs = new CopyOnWriteArrayList<>();
  private final AtomicInteger failuresToCome = new AtomicInteger();
  private Instance instance;
  private Supervised worker;

  @BeforeEach
  void take() throws IOException {
    instance = Instance.take(new DataDirectory(directory), "http://127.0.0.1:1", true, "local");
    worker = new Supervised("worker-1", Role.WORKER, 4711, directory, this::startOne, instance);
  }

  @AfterEach
  void release() throws IOException {
    worker.stop();
    instance.close();
  }

  @Test
  void whatRunsIsKnownToOthers() throws IOException {
    worker.start();

    assertThat(member())
        .isEqualTo(new Member("worker-1", Role.WORKER, 1000, 4711, 0, directory.toString()));
  }

  @Test
  void whatDiesIsStartedAgain() throws IOException {
    worker.start();

    runs.getFirst().alive = false;

    await().untilAsserted(() -> assertThat(runs).hasSize(2));
    await().untilAsserted(() -> assertThat(member().pid()).isEqualTo(1001));
    assertThat(member().restarts()).isEqualTo(1);
    // Cleared up after: its lock and its pid file are free for the next.
    assertThat(runs.getFirst().stopped).isTrue();
  }

  @Test
  void aRestartThatFailsIsTriedAgain() throws IOException {
    worker.start();
    failuresToCome.set(2);

    runs.getFirst().alive = false;

    await().untilAsserted(() -> assertThat(runs).hasSize(2));
    assertThat(failuresToCome).hasValue(0);
    assertThat(runs.getLast().alive).isTrue();
  }

  @Test
  void whatIsStoppedStaysStopped() throws IOException {
    worker.start();

    worker.stop();

    assertThat(runs).singleElement().matches(run -> run.stopped);
    assertThatThrownBy(worker::start).isInstanceOf(IOException.class);
    assertThat(runs).hasSize(1);
  }

  /// Ctrl-C while a member is still starting.
  @Test
  void aStartUnderWayIsGivenUpWhenEverythingStops() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch givenUp = new CountDownLatch(1);
    Supervised slow =
        new Supervised(
            "slow",
            Role.WORKER,
            4712,
            directory,
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
                throw new IOException("not reached");
              } catch (InterruptedException interrupted) {
                givenUp.countDown();
                throw new IOException("interrupted", interrupted);
              }
            },
            instance);
    Thread starting =
        Thread.ofVirtual().start(() -> assertThatThrownBy(slow::start).hasMessage("interrupted"));
    begun.await();

    slow.stop();

    assertThat(givenUp.getCount()).isZero();
    starting.join();
  }

  private Running startOne() throws IOException {
    if (failuresToCome.get() > 0) {
      failuresToCome.decrementAndGet();
      throw new IOException("no start this time");
    }
    Run run = new Run(1000 + runs.size());
    runs.add(run);
    return run;
  }

  private Member member() throws IOException {
    return InstanceState.ofRunning(new DataDirectory(directory)).orElseThrow().members().getFirst();
  }

  private static final class Run implements Running {
    private final long pid;
    private volatile boolean alive = true;
    private volatile boolean stopped;

    Run(long pid) {
      this.pid = pid;
    }

    @Override
    public long pid() {
      return pid;
    }

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public void stop() {
      alive = false;
      stopped = true;
    }
  }
}
