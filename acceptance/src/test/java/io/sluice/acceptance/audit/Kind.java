package io.sluice.acceptance.audit;

import java.util.List;

/// What a made-up upload went through.
enum Kind {
  COMPLETED("INITIATED IN_PROGRESS COMPLETING COMPLETED"),
  /// Completed so long ago that its chunk rows were removed.
  PRUNED("INITIATED IN_PROGRESS COMPLETING COMPLETED"),
  /// One request, one chunk.
  WHOLE("IN_PROGRESS COMPLETING COMPLETED"),
  /// Zero bytes.
  EMPTY("INITIATED COMPLETING COMPLETED"),
  /// The client went away half way; what it sent is stored.
  LEFT("INITIATED IN_PROGRESS"),
  /// The client went away in the middle of a part of two chunks.
  LEFT_IN_PART("INITIATED IN_PROGRESS"),
  UNTOUCHED("INITIATED"),
  ABORTED("INITIATED IN_PROGRESS ABORTED"),
  /// The client declared another checksum.
  FAILED("INITIATED IN_PROGRESS COMPLETING FAILED"),
  DELETED("INITIATED IN_PROGRESS COMPLETING COMPLETED DELETED");

  private final String states;

  Kind(String states) {
    this.states = states;
  }

  List<String> states() {
    return List.of(states.split(" ", -1));
  }

  boolean isCompleted() {
    return states().getLast().equals("COMPLETED");
  }

  boolean isGone() {
    return List.of("ABORTED", "FAILED", "DELETED").contains(states().getLast());
  }
}
