package io.sluice.bench.report;

import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Side;
import io.sluice.bench.figure.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
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

  /// Measures. The first round warms everybody up and does not count; in every second round the order is turned round.
  public static Comparison run(Figure figure, int rounds) throws IOException {
    List<Side> sides = figure.sides();
    List<List<Trial>> trials =
        new ArrayList<>(IntStream.range(0, sides.size()).mapToObj(_ -> newTrials()).toList());
    for (int round = 0; round <= rounds; round++) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, sides.size()).boxed().toList());
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      for (int index : order) {
        Trial trial = sides.get(index).measure();
        say(figure, round, rounds, sides.get(index), trial);
        if (round > 0) {
          trials.get(index).add(trial);
        }
      }
    }
    return new Comparison(figure, trials);
  }

  private static List<Trial> newTrials() {
    return new ArrayList<>();
  }

  private static void say(Figure figure, int round, int rounds, Side side, Trial trial) {
    String which = round == 0 ? "warm-up" : "round %d of %d".formatted(round, rounds);
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
