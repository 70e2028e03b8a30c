package io.sluice.acceptance.proxy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Decides which requests go wrong, and counts.
public final class FaultPlan {

  private final Map<S3Operation, Deque<S3Fault>> next = new EnumMap<>(S3Operation.class);
  private final Map<S3Operation, List<S3Fault>> always = new EnumMap<>(S3Operation.class);
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Refusal> standing = new ArrayList<>();
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

  /// Some requests are refused from now on, each time they come.
  public synchronized void refuse(Refusal refusal) {
    refusals.add(refusal);
  }

  /// The same, and the end of another fault does not end it: only [#heal] does.
  public synchronized void refuseUntilHealed(Refusal refusal) {
    standing.add(refusal);
  }

  /// Nothing goes wrong any more but what is refused until it is healed.
  public synchronized void calm() {
    next.clear();
    always.clear();
    refusals.clear();
    probability = 0;
    down = false;
  }

  /// Nothing goes wrong any more.
  public synchronized void heal() {
    calm();
    standing.clear();
  }

  /// How a request goes wrong.
  ///
  /// @param path of the request line, without its query
  synchronized Optional<S3Fault> take(S3Operation operation, String path) {
    count(operation.name());
    Optional<S3Fault> fault = choose(operation, path);
    fault.ifPresent(f -> count(operation + " " + named(f)));
    return fault;
  }

  private Optional<S3Fault> choose(S3Operation operation, String path) {
    if (down) {
      return Optional.of(new S3Fault.Drop());
    }
    Optional<Refusal> refusal =
        Stream.concat(refusals.stream(), standing.stream())
            .filter(one -> one.takes(operation, path))
            .findFirst();
    if (refusal.isPresent()) {
      return refusal.map(one -> new S3Fault.Refuse(one.answer()));
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

  private static String named(S3Fault fault) {
    String name = fault.getClass().getSimpleName();
    return fault instanceof S3Fault.Refuse refuse ? name + " " + refuse.answer() : name;
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
