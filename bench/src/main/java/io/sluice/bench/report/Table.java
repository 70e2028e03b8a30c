package io.sluice.bench.report;

import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Trial;
import io.sluice.bench.load.Latency;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Comparisons for people: Markdown that is readable as it is.
public final class Table {

  private static final String HEAD =
      """
      | figure | who | median [least–most] | Sluice ÷ this | p50 / p95 / p99 ms | CPU s per Ki | memory MiB | told to wait | goal |
      |---|---|---|---|---|---|---|---|---|
      """;

  private Table() {}

  /// A row for each side of each figure.
  public static String of(List<Comparison> comparisons) {
    StringBuilder table = new StringBuilder(HEAD);
    comparisons.forEach(comparison -> {
      for (int side = 0; side < comparison.trials().size(); side++) {
        table.append(row(comparison, side));
      }
    });
    return table
        .append(
            """

            CPU seconds of all the server's processes for 1,024 units: for a GiB, or for 1,024 requests.
            Memory of all of them, what they share counted once (PSS); ≤ where the system did not tell that of each, and some
            of it counts more than once (RSS).
            """)
        .toString();
  }

  private static String row(Comparison comparison, int side) {
    Figure figure = comparison.figure();
    List<Trial> trials = comparison.trials().get(side);
    int decimals = figure.kind() == Figure.Kind.RATE ? 0 : 1;
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s %s | %s | %s | %s | %s | %d | %s |%n",
        side == 0 ? figure.name() : "",
        figure.sides().get(side).name(),
        comparison.values(side).text(decimals),
        figure.unit(),
        side == 0 ? "" : ratio(comparison, side),
        latency(trials),
        cpu(figure, trials),
        memory(trials),
        trials.stream().mapToLong(Trial::refusals).sum(),
        side == 0 ? figure.goal() : "");
  }

  private static String ratio(Comparison comparison, int side) {
    boolean shared = comparison.figure().kind() == Figure.Kind.SHARED_RATE;
    return comparison.ratio(side).text(2) + (shared ? " of linear" : "");
  }

  /// Of memory there is no work that it could be for.
  private static String cpu(Figure figure, List<Trial> trials) {
    return figure.kind() == Figure.Kind.MEBIBYTES
        ? "–"
        : String.format(Locale.ROOT, "%.2f", median(trials, Trial::cpuSecondsForKilo));
  }

  private static String latency(List<Trial> trials) {
    if (trials.stream().allMatch(trial -> trial.latency().equals(Latency.NONE))) {
      return "–";
    }
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f / %.1f",
        median(trials, trial -> trial.latency().p50()),
        median(trials, trial -> trial.latency().p95()),
        median(trials, trial -> trial.latency().p99()));
  }

  private static String memory(List<Trial> trials) {
    boolean exact = trials.stream().allMatch(trial -> trial.usage().sharedOnce());
    double mebibytes = median(trials, trial -> trial.usage().memoryBytes()) / (1 << 20);
    return String.format(Locale.ROOT, "%s%,.0f", exact ? "" : "≤ ", mebibytes);
  }

  private static double median(List<Trial> trials, ToDoubleFunction<Trial> value) {
    return Spread.of(trials.stream().map(value::applyAsDouble).toList()).median();
  }
}
