package io.sluice.bench.load;

import org.HdrHistogram.Histogram;

/// Percentiles in milliseconds.
public record Latency(double p50, double p95, double p99, double max) {

  /// Where single operations are not timed.
  public static final Latency NONE = new Latency(0, 0, 0, 0);

  /// Of a histogram of microseconds.
  public static Latency of(Histogram micros) {
    return new Latency(
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(95) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getMaxValue() / 1000.0);
  }
}
