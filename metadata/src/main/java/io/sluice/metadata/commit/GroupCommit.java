package io.sluice.metadata.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Many callers, one commit: while one commit is on its way, what others have ready gathers behind it and
/// goes together in the next. A lone caller never waits for company.
///
/// The caller at the head of those who wait runs the next commit, in its own thread, and then wakes the
/// ones it answered and the next head; nobody else is woken.
///
/// @param <T> what is committed
/// @param <R> the answer to one of them
public final class GroupCommit<T, R> {

  /// What commits, in one transaction.
  @FunctionalInterface
  public interface Transaction<T, R> {

    /// Commits all of them, and answers for each in their order.
    List<R> commit(List<T> items);

    /// What follows their commit. One of the callers does it for all of them, while the next commit may be
    /// on its way; the others do not wait for it.
    default void follow(List<T> items, List<R> answers) {}
  }

  private record Committed<T, R>(List<T> items, List<R> answers) {}

  private final Transaction<T, R> transaction;
  private final ToIntFunction<T> weight;
  private final int mostWeight;
  private final ConcurrentLinkedQueue<Waiting<T, R>> pending = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean committing = new AtomicBoolean();

  /// Groups the commits of a transaction.
  ///
  /// @param weight how much of `mostWeight` one item takes
  /// @param mostWeight of one group, as rows of one transaction are locked together; what one caller
  ///     brings may weigh more, and then goes alone
  public GroupCommit(Transaction<T, R> transaction, ToIntFunction<T> weight, int mostWeight) {
    this.transaction = transaction;
    this.weight = weight;
    this.mostWeight = mostWeight;
  }

  /// Commits items, perhaps with those of others, and answers for each in the order given.
  ///
  /// @throws RuntimeException what the transaction threw: nothing is known of any of these items. It is
  ///     about them, or [DatabaseOutage] explains it: others' trouble is not told here
  /// @throws InterruptedException nothing is known of them either
  public List<R> commit(List<T> items) throws InterruptedException {
    if (items.isEmpty()) {
      return List.of();
    }
    Waiting<T, R> mine = new Waiting<>(items, items.stream().mapToInt(weight).sum());
    pending.add(mine);
    while (!mine.settled()) {
      if (committing.compareAndSet(false, true)) {
        commitUnlessSettled(mine).forEach(done -> transaction.follow(done.items(), done.answers()));
      } else {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          pending.remove(mine);
          wakeNext(); // the wake may have been for this one to commit
          throw new InterruptedException();
        }
      }
    }
    return mine.answer();
  }

  /// How many calls wait for a commit that has not begun.
  public int waiting() {
    return pending.size();
  }

  /// Whether a commit is on its way.
  public boolean committing() {
    return committing.get();
  }

  private void wakeNext() {
    Waiting<T, R> next = pending.peek();
    if (next != null) {
      LockSupport.unpark(next.caller);
    }
  }

  private List<Committed<T, R>> commitUnlessSettled(Waiting<T, R> mine) {
    try {
      return mine.settled() ? List.of() : commitNextGroup();
    } finally {
      committing.set(false);
      wakeNext();
    }
  }

  private List<Committed<T, R>> commitNextGroup() {
    List<Waiting<T, R>> group = nextGroup();
    try {
      return List.of(commitTogether(group));
    } catch (RuntimeException | Error e) {
      if (group.size() == 1 || DatabaseOutage.explains(e)) {
        group.forEach(one -> one.fail(e));
        return List.of();
      }
      // One of them does not go: it shall not take the others with it.
      return group.stream().flatMap(one -> commitAlone(one).stream()).toList();
    }
  }

  private List<Waiting<T, R>> nextGroup() {
    List<Waiting<T, R>> group = new ArrayList<>();
    int taken = 0;
    for (Waiting<T, R> next = pending.peek();
        next != null && (group.isEmpty() || taken + next.weight <= mostWeight);
        next = pending.peek()) {
      // Its caller may just have taken it out and gone.
      if (pending.remove(next)) {
        group.add(next);
        taken += next.weight;
      }
    }
    return group;
  }

  private Optional<Committed<T, R>> commitAlone(Waiting<T, R> one) {
    try {
      return Optional.of(commitTogether(List.of(one)));
    } catch (RuntimeException | Error e) {
      one.fail(e);
      return Optional.empty();
    }
  }

  private Committed<T, R> commitTogether(List<Waiting<T, R>> group) {
    List<T> items = group.stream().flatMap(one -> one.items.stream()).toList();
    List<R> answers = transaction.commit(items);
    if (answers.size() != items.size()) {
      throw new IllegalStateException(answers.size() + " answers for " + items.size() + " items");
    }
    int from = 0;
    for (Waiting<T, R> one : group) {
      int to = from + one.items.size();
      one.succeed(List.copyOf(answers.subList(from, to)));
      from = to;
    }
    return new Committed<>(items, answers);
  }

  /// One call, from its begin to its answer.
  private static final class Waiting<T, R> {

    private final Thread caller = Thread.currentThread();
    private final List<T> items;
    private final int weight;
    private @Nullable List<R> answers;
    private @Nullable Throwable failure;
    private volatile boolean settled;

    Waiting(List<T> items, int weight) {
      this.items = List.copyOf(items);
      this.weight = weight;
    }

    boolean settled() {
      return settled;
    }

    void succeed(List<R> given) {
      answers = given;
      settle();
    }

    void fail(Throwable met) {
      failure = met;
      settle();
    }

    private void settle() {
      settled = true;
      LockSupport.unpark(caller);
    }

    List<R> answer() {
      if (failure instanceof RuntimeException cause) {
        throw cause;
      }
      if (failure instanceof Error cause) {
        throw cause;
      }
      return Objects.requireNonNull(answers);
    }
  }
}
