package io.sluice.storage.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Makes names in directories durable, one fsync for all who ask while another is under way.
///
/// A request is answered by an fsync that *started* after it: one already running may have passed its
/// name by. A lone request runs its fsync at once, in its own thread; requests that come meanwhile
/// share the next one, which the first of them to wake up runs. A failed fsync fails all that shared
/// it, because the kernel reports a lost write once only.
final class DirectorySync {

  /// What makes the names in one directory durable.
  interface Fsync {
    void of(Path directory) throws IOException;
  }

  private final Fsync fsync;

  /// Only directories somebody waits for: a directory per file would fill the memory otherwise.
  private final ConcurrentHashMap<Path, Queue> queues = new ConcurrentHashMap<>();

  DirectorySync() {
    this(DirectorySync::fsync);
  }

  DirectorySync(Fsync fsync) {
    this.fsync = fsync;
  }

  /// Returns when every name that was in the directory before this call is durable.
  void sync(Path directory) throws IOException {
    Queue queue =
        queues.compute(directory, (path, old) -> (old == null ? new Queue() : old).join());
    try {
      queue.await(directory);
    } finally {
      queues.computeIfPresent(directory, (path, old) -> old.leave() ? null : old);
    }
  }

  int directoriesInUse() {
    return queues.size();
  }

  /// How many requests wait for an fsync that somebody else runs or will run.
  int waitingFor(Path directory) {
    Queue queue = queues.get(directory);
    return queue == null ? 0 : queue.waiting();
  }

  /// The directory is opened each time: about 5 µs, and an interrupted thread, whose channel Java
  /// closes, then spoils nobody else's.
  private static void fsync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Those who share one fsync.
  private static final class Batch {
    boolean done;
    @Nullable IOException failure;
  }

  private final class Queue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition finished = lock.newCondition();
    private Batch gathering = new Batch();
    private boolean running;

    /// Guarded by the map's lock on this entry.
    private int users;

    Queue join() {
      users++;
      return this;
    }

    boolean leave() {
      return --users == 0;
    }

    int waiting() {
      lock.lock();
      try {
        return lock.getWaitQueueLength(finished);
      } finally {
        lock.unlock();
      }
    }

    void await(Path directory) throws IOException {
      lock.lock();
      try {
        Batch mine = gathering;
        while (!mine.done) {
          if (running) {
            finished.awaitUninterruptibly();
          } else {
            lead(mine, directory);
          }
        }
        if (mine.failure != null) {
          throw new IOException("cannot make the names in a directory durable", mine.failure);
        }
      } finally {
        lock.unlock();
      }
    }

    /// Runs the fsync for a batch, the lock let go meanwhile so that the next batch can gather.
    private void lead(Batch batch, Path directory) throws IOException {
      running = true;
      gathering = new Batch();
      lock.unlock();
      IOException failure = null;
      boolean answered = false;
      try {
        fsync.of(directory);
        answered = true;
      } catch (ClosedByInterruptException e) {
        throw e; // this thread is to stop; another of the batch runs the fsync again
      } catch (IOException e) {
        failure = e;
        answered = true;
      } finally {
        lock.lock();
        running = false;
        batch.done = answered;
        batch.failure = failure;
        finished.signalAll();
      }
    }
  }
}
