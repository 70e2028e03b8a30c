package io.sluice.worker.store;

import io.sluice.worker.retry.Triage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/// Many slots, one commit: while one commit is on its way, what the other slots have ready gathers
/// behind it and goes together in the next. A lone part never waits for company.
@Component
final class GroupCommit {

  /// Rows of one transaction are locked together; more would make others wait. One part alone may have
  /// more of them.
  static final int MOST_CHUNKS = 2_000;

  private record Pending(List<StoredWork> parts, CompletableFuture<List<CommitOutcome>> answer) {
    int chunks() {
      return parts.stream().mapToInt(part -> part.work().chunks().size()).sum();
    }
  }

  private final StoreTransaction transaction;
  private final ConcurrentLinkedQueue<Pending> pending = new ConcurrentLinkedQueue<>();
  private final ReentrantLock committing = new ReentrantLock();

  GroupCommit(StoreTransaction transaction) {
    this.transaction = transaction;
  }

  /// Commits parts, perhaps with those of others, and answers for each in the order given.
  ///
  /// @throws org.springframework.dao.DataAccessException nothing is known of any of them
  List<CommitOutcome> commit(List<StoredWork> parts) throws InterruptedException {
    if (parts.isEmpty()) {
      return List.of();
    }
    Pending mine = new Pending(List.copyOf(parts), new CompletableFuture<>());
    pending.add(mine);
    while (!mine.answer().isDone()) {
      committing.lockInterruptibly();
      try {
        if (!mine.answer().isDone()) {
          commitNextGroup();
        }
      } finally {
        committing.unlock();
      }
    }
    try {
      return mine.answer().join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /// How many calls wait for a commit that has not begun.
  int waiting() {
    return pending.size();
  }

  boolean committing() {
    return committing.isLocked();
  }

  private void commitNextGroup() {
    List<Pending> group = new ArrayList<>();
    int chunks = 0;
    for (Pending next = pending.peek();
        next != null && (group.isEmpty() || chunks + next.chunks() <= MOST_CHUNKS);
        next = pending.peek()) {
      group.add(pending.remove());
      chunks += next.chunks();
    }
    try {
      answer(group, transaction.commit(group.stream().flatMap(p -> p.parts().stream()).toList()));
    } catch (RuntimeException | Error e) {
      if (group.size() > 1 && !Triage.databaseIsAway(e)) {
        // One of them does not go: it shall not take the others with it.
        group.forEach(this::commitAlone);
      } else {
        group.forEach(one -> one.answer().completeExceptionally(e));
      }
    }
  }

  private void commitAlone(Pending one) {
    try {
      one.answer().complete(transaction.commit(one.parts()));
    } catch (RuntimeException | Error e) {
      one.answer().completeExceptionally(e);
    }
  }

  private static void answer(List<Pending> group, List<CommitOutcome> outcomes) {
    int from = 0;
    for (Pending one : group) {
      int to = from + one.parts().size();
      one.answer().complete(List.copyOf(outcomes.subList(from, to)));
      from = to;
    }
  }
}
