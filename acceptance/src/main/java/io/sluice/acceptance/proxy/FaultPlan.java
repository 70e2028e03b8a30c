package io.sluice.acceptance.proxy;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Decides which requests go wrong, and counts.
public final class FaultPlan {

  private final Map<S3Operation, Deque<S3Fault>> next = new EnumMap<>(S3Operation.class);
  private final Map<S3Operation, List<S3Fault>> always = new EnumMap<>(S3Operation.class);
  private final Map<String, Integer> counts = new TreeMap<>();
  private Random random = new Random(0);
  private double probability;
  private boolean down;

  /// The next requests of a kind go wrong, one in each of these ways.
  public synchronized void next(S3Operation operation, S3Fault... faults) {
    next.computeIfAbsent(operation, key -> new ArrayDeque<>()).addAll(List.of(faults));
  }

  /// Some requests of a kind go wrong from now on, in any of these ways.
  public synchronized void sometimes(S3Operation operation, Collection<S3Fault> faults) {
    always.put(operation, List.copyOf(faults));
  }

  /// How many requests go wrong.
  public synchronized void probability(double share, long seed) {
    probability = share;
    random = new Random(seed);
  }

  /// Whether the store can be reached at all.
  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  /// Nothing goes wrong any more.
  public synchronized void heal() {
    next.clear();
    always.clear();
    probability = 0;
    down = false;
  }

  /// How a request goes wrong.
  synchronized Optional<S3Fault> take(S3Operation operation) {
    count(operation.name());
    Optional<S3Fault> fault = choose(operation);
    fault.ifPresent(f -> count(operation + " " + f.getClass().getSimpleName()));
    return fault;
  }

  private Optional<S3Fault> choose(S3Operation operation) {
    if (down) {
      return Optional.of(new S3Fault.Drop());
    }
    Deque<S3Fault> queue = next.get(operation);
    if (queue != null && !queue.isEmpty()) {
      return Optional.of(queue.removeFirst());
    }
    List<S3Fault> some = always.getOrDefault(operation, List.of());
    if (!some.isEmpty() && random.nextDouble() < probability) {
      return Optional.of(some.get(random.nextInt(some.size())));
    }
    return Optional.empty();
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /// Requests of a kind so far.
  public synchronized int requests(S3Operation operation) {
    return counts.getOrDefault(operation.name(), 0);
  }

  /// Faults that are still to come.
  public synchronized int pending() {
    return next.values().stream().mapToInt(Deque::size).sum();
  }

  /// All counts: requests by operation, faults by operation and kind.
  public synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }
}
