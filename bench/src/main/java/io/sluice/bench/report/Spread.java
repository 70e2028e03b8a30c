package io.sluice.bench.report;

import java.util.List;
import java.util.Locale;

/// Some values of the same kind.
///
/// @param median of them
/// @param least of them
/// @param most of them
public record Spread(double median, double least, double most) {

  /// Of at least one value.
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  /// As people read it, with this many decimals.
  public String text(int decimals) {
    String number = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT, number + " [" + number + "–" + number + "]", median, least, most);
  }
}
