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
    MEDIAN_MILLIS,
    /// Units a second of several that share the work: as many times more as there are is best.
    SHARED_RATE,
    /// Memory held: less is better.
    MEBIBYTES
  }

  /// What counts of a trial.
  public double value(Trial trial) {
    return switch (kind) {
      case RATE, SHARED_RATE -> trial.rate();
      case MEDIAN_MILLIS -> trial.latency().p50();
      case MEBIBYTES -> trial.amount();
    };
  }

  /// How a side compares with the first: the first over it, or, where several share the work, what each of them does
  /// over what each of the first does.
  ///
  /// @param side of [#sides]
  public double ratio(int side, Trial first, Trial other) {
    if (kind != Kind.SHARED_RATE) {
      return value(first) / value(other);
    }
    List<Side> sides = sides();
    return (value(other) / sides.get(side).members()) / (value(first) / sides.getFirst().members());
  }

  /// Who takes turns with whom. Fleets of different sizes do not: each would start anew for every turn, and be cold.
  public List<List<Side>> turns() {
    return kind == Kind.SHARED_RATE ? sides().stream().map(List::of).toList() : List.of(sides());
  }

  /// All sides, Sluice first.
  public List<Side> sides() {
    return Stream.concat(Stream.of(sluice), peers.stream()).toList();
  }
}
