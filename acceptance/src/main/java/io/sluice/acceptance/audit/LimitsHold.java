package io.sluice.acceptance.audit;

import io.sluice.acceptance.history.HistoryEvent.BodyHeld;
import java.util.List;
import java.util.stream.Collectors;

/// Never more chunk requests of one upload are in progress than its limit allows, over all gateways.
final class LimitsHold implements Invariant {

  @Override
  public String name() {
    return "limits-hold";
  }

  @Override
  public String sentence() {
    return "Never more chunk requests of one upload are in progress than its limit allows, over all gateways.";
  }

  @Override
  public void check(World world, Findings findings) {
    world
        .promises()
        .all(BodyHeld.class)
        .collect(Collectors.groupingBy(BodyHeld::uploadId))
        .forEach((uploadId, held) -> {
          findings.looked();
          long most = most(held);
          if (most > world.rules().maxInflightPerUpload()) {
            findings.violated(
                uploadId,
                "had %d requests in progress, limit %d",
                most,
                world.rules().maxInflightPerUpload());
          }
        });
  }

  /// The most that overlap: reached at the start of one of them.
  private static long most(List<BodyHeld> held) {
    return held.stream()
        .mapToLong(start ->
            held.stream()
                .filter(other ->
                    other.fromNanos() <= start.fromNanos() && start.fromNanos() < other.toNanos())
                .count())
        .max()
        .orElse(0);
  }
}
