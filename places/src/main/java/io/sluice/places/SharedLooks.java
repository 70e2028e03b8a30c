package io.sluice.places;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One look at a time, shared by all who ask before it begins: what is asked for now is answered by a look
/// that starts after that. What hangs, a place or the database, holds one thread, however many ask.
final class SharedLooks<T> {

  private final String name;
  private final Supplier<T> look;
  private boolean running;
  private @Nullable CompletableFuture<T> next;

  /// @param name of the thread
  SharedLooks(String name, Supplier<T> look) {
    this.name = name;
    this.look = look;
  }

  /// A look that has not begun yet.
  synchronized CompletableFuture<T> fresh() {
    CompletableFuture<T> waiting = next;
    if (waiting == null) {
      waiting = new CompletableFuture<>();
      if (running) {
        next = waiting;
      } else {
        start(waiting);
      }
    }
    return waiting;
  }

  /// A platform thread: a file system that hangs would keep a carrier.
  private void start(CompletableFuture<T> answer) {
    running = true;
    Thread.ofPlatform().daemon().name(name).start(() -> run(answer));
  }

  private void run(CompletableFuture<T> answer) {
    try {
      answer.complete(look.get());
    } catch (Throwable failed) {
      answer.completeExceptionally(failed);
    } finally {
      goOn();
    }
  }

  private synchronized void goOn() {
    CompletableFuture<T> waiting = next;
    next = null;
    running = false;
    if (waiting != null) {
      start(waiting);
    }
  }
}
