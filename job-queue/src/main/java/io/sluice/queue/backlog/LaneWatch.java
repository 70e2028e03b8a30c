package io.sluice.queue.backlog;

import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.LaneFlow.Look;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers what one lane looked like lately. One thread looks; any may ask.
final class LaneWatch {

  private static final Duration MEMORY = Duration.ofSeconds(60);

  private final Lane lane;
  private final WorkerDemand demand;
  private final Deque<Look> looks = new ArrayDeque<>();
  private volatile @Nullable LaneFlow flow;

  LaneWatch(Lane lane, WorkerDemand demand) {
    this.lane = lane;
    this.demand = demand;
  }

  Lane lane() {
    return lane;
  }

  /// Empty until Kafka has answered once.
  Optional<LaneFlow> flow() {
    return Optional.ofNullable(flow);
  }

  /// How many workers this lane needs; empty until Kafka has answered once.
  Optional<Integer> workers() {
    return flow().map(demand::workers);
  }

  void look(QueueBacklog backlog, long nanos) {
    Optional<LaneCount> count = backlog.count(lane);
    Optional<LaneMembers> members = backlog.members(lane);
    if (count.isPresent() && members.isPresent()) {
      remember(new Look(count.get(), members.get(), nanos));
    }
  }

  void remember(Look look) {
    Look last = looks.peekLast();
    if (last != null && look.count().everEnqueued() < last.count().everEnqueued()) {
      // The topic was made anew.
      looks.clear();
    }
    looks.addLast(look);
    looks.removeIf(old -> look.nanos() - old.nanos() > MEMORY.toNanos());
    flow = LaneFlow.of(List.copyOf(looks));
  }
}
