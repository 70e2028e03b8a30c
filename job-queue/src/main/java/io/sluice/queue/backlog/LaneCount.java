package io.sluice.queue.backlog;

/// How much one lane has carried so far.
///
/// @param everEnqueued jobs since the topic was made
/// @param records of these not yet acknowledged, waiting or in hand
public record LaneCount(long everEnqueued, long records) {

  /// Jobs that are acknowledged.
  long done() {
    return everEnqueued - records;
  }
}
