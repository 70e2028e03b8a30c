package io.sluice.bench.report;

import io.sluice.bench.figure.Trial;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// Comparisons for programs: every trial, and what was made of them.
///
/// @param machine what it ran on
/// @param command how it was called
/// @param figures in their order
public record JsonReport(Machine machine, String command, List<Entry> figures) {

  public JsonReport {
    figures = List.copyOf(figures);
  }

  /// One figure.
  ///
  /// @param sides Sluice first
  public record Entry(String name, String unit, String goal, List<Who> sides) {
    public Entry {
      sides = List.copyOf(sides);
    }
  }

  /// One side of a figure.
  ///
  /// @param ratio Sluice over this one, or its share of what is linear; of the first 1
  /// @param trials round by round
  public record Who(String name, Spread value, Spread ratio, List<Trial> trials) {
    public Who {
      trials = List.copyOf(trials);
    }
  }

  /// Of comparisons.
  public static JsonReport of(Machine machine, String command, List<Comparison> comparisons) {
    return new JsonReport(machine, command, comparisons.stream().map(JsonReport::entry).toList());
  }

  private static Entry entry(Comparison comparison) {
    var figure = comparison.figure();
    return new Entry(
        figure.name(),
        figure.unit(),
        figure.goal(),
        IntStream.range(0, figure.sides().size())
            .mapToObj(side ->
                new Who(
                    figure.sides().get(side).name(),
                    comparison.values(side),
                    comparison.ratio(side),
                    comparison.trials().get(side)))
            .toList());
  }

  /// Its text.
  public String text() {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this)
        + "\n";
  }
}
