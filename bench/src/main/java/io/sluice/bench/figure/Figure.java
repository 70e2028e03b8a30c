package io.sluice.bench.figure;

import java.util.List;
import java.util.stream.Stream;

/// One thing that is measured.
///
/// @param name on the command line and in the tables
/// @param unit of the rate
/// @param kind what of a trial counts
/// @param sluice how Sluice does it
/// @param peers how others do it
/// @param goal what is aimed at, for the reader
public record Figure(
    String name, String unit, Kind kind, Side sluice, List<Side> peers, String goal) {

  public Figure {
    peers = List.copyOf(peers);
  }

  /// What of a trial counts.
  public enum Kind {
    /// Units a second: more is better.
    RATE,
    /// Half of the operations are quicker: less is better.
    MEDIAN_MILLIS
  }

  /// What counts of a trial.
  public double value(Trial trial) {
    return kind == Kind.RATE ? trial.rate() : trial.latency().p50();
  }

  /// All sides, Sluice first.
  public List<Side> sides() {
    return Stream.concat(Stream.of(sluice), peers.stream()).toList();
  }
}
