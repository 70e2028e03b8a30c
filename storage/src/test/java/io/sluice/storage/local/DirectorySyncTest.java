package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One fsync answers all that asked before it started, and nobody else.
class DirectorySyncTest {

  private static final Path DIRECTORY = Path.of("/somewhere");
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final Semaphore finish = new Semaphore(0);
  private final AtomicInteger started = new AtomicInteger();

  private final DirectorySync gated =
      new DirectorySync(directory -> {
        started.incrementAndGet();
        finish.acquireUninterruptibly();
      });

  @Test
  void aLoneRequestRunsItsFsyncAtOnceInItsOwnThread() throws IOException {
    List<Thread> ranIn = new ArrayList<>();
    DirectorySync sync = new DirectorySync(directory -> ranIn.add(Thread.currentThread()));

    sync.sync(DIRECTORY);
    sync.sync(DIRECTORY);

    assertThat(ranIn).containsExactly(Thread.currentThread(), Thread.currentThread());
  }

  @Test
  void requestsThatComeDuringAnFsyncShareTheNextOneAndDoNotTakeThatOneForTheirs() {
    CompletableFuture<Void> first = ask(gated);
    await().until(() -> started.get() == 1);
    List<CompletableFuture<Void>> later = List.of(ask(gated), ask(gated), ask(gated));
    await().until(() -> waiting(gated) == 3);

    finish.release();
    await().until(first::isDone);
    await().until(() -> started.get() == 2);
    assertThat(later).noneMatch(CompletableFuture::isDone);

    finish.release();
    later.forEach(CompletableFuture::join);
    assertThat(started).hasValue(2);
    assertThat(gated.directoriesInUse()).isZero();
  }

  @Test
  void directoriesDoNotWaitForEachOther() {
    CompletableFuture<Void> one = ask(gated);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> uncheckedSync(gated, Path.of("/elsewhere")), THREADS);

    await().until(() -> started.get() == 2);
    finish.release(2);
    CompletableFuture.allOf(one, other).join();
  }

  @Test
  void aFailedFsyncFailsAllThatSharedItAndNotTheNext() throws IOException {
    AtomicBoolean broken = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    DirectorySync sync =
        new DirectorySync(directory -> {
          started.incrementAndGet();
          awaitLatch(go);
          if (broken.get()) {
            throw new IOException("device error");
          }
        });
    CompletableFuture<Void> first = ask(sync);
    await().until(() -> started.get() == 1);
    List<CompletableFuture<Void>> sharing = List.of(ask(sync), ask(sync));
    await().until(() -> waiting(sync) == 2);

    broken.set(true);
    go.countDown();

    assertThatThrownBy(first::join).hasRootCauseMessage("device error");
    sharing.forEach(one -> assertThatThrownBy(one::join).hasRootCauseMessage("device error"));
    broken.set(false);
    sync.sync(DIRECTORY);
  }

  @Test
  void anInterruptedThreadDoesNotFailThoseThatShareItsFsync() {
    AtomicInteger calls = new AtomicInteger();
    DirectorySync sync =
        new DirectorySync(directory -> {
          int call = calls.incrementAndGet();
          finish.acquireUninterruptibly();
          if (call == 2) {
            throw new ClosedByInterruptException();
          }
        });
    CompletableFuture<Void> first = ask(sync);
    await().until(() -> calls.get() == 1);
    List<CompletableFuture<Void>> sharing = List.of(ask(sync), ask(sync), ask(sync));
    await().until(() -> waiting(sync) == 3);

    finish.release(3);

    first.join();
    await().until(() -> sharing.stream().allMatch(CompletableFuture::isDone));
    assertThat(sharing.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize(1);
    assertThat(calls).hasValue(3);
  }

  @Test
  void aRealDirectoryIsSynced(@TempDir Path directory) throws IOException {
    new DirectorySync().sync(directory);

    assertThatThrownBy(() -> new DirectorySync().sync(directory.resolve("missing")))
        .isInstanceOf(IOException.class);
  }

  private static CompletableFuture<Void> ask(DirectorySync sync) {
    return CompletableFuture.runAsync(() -> uncheckedSync(sync, DIRECTORY), THREADS);
  }

  private static int waiting(DirectorySync sync) {
    return sync.waitingFor(DIRECTORY);
  }

  private static void uncheckedSync(DirectorySync sync, Path directory) {
    try {
      sync.sync(directory);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
