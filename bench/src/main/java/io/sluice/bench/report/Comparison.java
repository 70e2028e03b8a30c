package io.sluice.bench.report;

import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Side;
import io.sluice.bench.figure.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A figure measured on all its sides in turn, several times.
///
/// @param trials of each side of the figure, in its order
public record Comparison(Figure figure, List<List<Trial>> trials) {

  public Comparison {
    trials = trials.stream().map(List::copyOf).toList();
  }

  /// Measures. First everybody is warmed up, until the first of those who take turns has worked for so long; that does
  /// not count.
  public static Comparison run(Figure figure, int rounds, double warmUpSeconds) throws IOException {
    List<List<Trial>> trials = new ArrayList<>();
    for (List<Side> group : figure.turns()) {
      trials.addAll(measure(figure, group, rounds, warmUpSeconds));
    }
    return new Comparison(figure, trials);
  }

  private static List<List<Trial>> measure(
      Figure figure, List<Side> sides, int rounds, double warmUpSeconds) throws IOException {
    double warmedSeconds = 0;
    for (int round = 0; round == 0 || warmedSeconds < warmUpSeconds; round++) {
      warmedSeconds += measure(figure, sides, round, "warm-up").getFirst().seconds();
    }
    List<List<Trial>> trials = new ArrayList<>(sides.stream().map(_ -> newTrials()).toList());
    for (int round = 1; round <= rounds; round++) {
      String which = "round %d of %d".formatted(round, rounds);
      List<Trial> measured = measure(figure, sides, round, which);
      for (int side = 0; side < measured.size(); side++) {
        trials.get(side).add(measured.get(side));
      }
    }
    return trials;
  }

  /// One round: each side once, in turned order every second time.
  private static List<Trial> measure(Figure figure, List<Side> sides, int round, String which)
      throws IOException {
    Trial[] trials = new Trial[sides.size()];
    for (int turn = 0; turn < trials.length; turn++) {
      int side = round % 2 == 1 ? trials.length - 1 - turn : turn;
      trials[side] = sides.get(side).measure();
      say(figure, which, sides.get(side), trials[side]);
    }
    return List.of(trials);
  }

  private static List<Trial> newTrials() {
    return new ArrayList<>();
  }

  private static void say(Figure figure, String which, Side side, Trial trial) {
    System.err.printf(
        Locale.ROOT,
        "  %-16s %-13s %-20s %,10.1f %s%n",
        figure.name(),
        which,
        side.name(),
        figure.value(trial),
        figure.unit());
  }

  /// What counts, of one side.
  public Spread values(int side) {
    return Spread.of(trials.get(side).stream().map(figure::value).toList());
  }

  /// Sluice over a peer, round by round, as the figure compares them.
  public Spread ratio(int peer) {
    return Spread.of(
        IntStream.range(0, trials.getFirst().size())
            .mapToObj(round ->
                figure.ratio(peer, trials.getFirst().get(round), trials.get(peer).get(round)))
            .toList());
  }
}
