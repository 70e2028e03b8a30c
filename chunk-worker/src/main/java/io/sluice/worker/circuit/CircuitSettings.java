package io.sluice.worker.circuit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When the object store counts as away.
///
/// @param window how many of the latest calls are looked at
/// @param leastCalls no judgement on fewer
/// @param failurePercent this share of failures opens the circuit
/// @param probeDelay wait before the first probe of an open circuit; doubled after each that fails
/// @param longestProbeDelay and never longer than this
@ConfigurationProperties("sluice.worker.circuit")
record CircuitSettings(
    @DefaultValue("20") int window,
    @DefaultValue("8") int leastCalls,
    @DefaultValue("50") int failurePercent,
    @DefaultValue("500ms") Duration probeDelay,
    @DefaultValue("5s") Duration longestProbeDelay) {

  CircuitSettings {
    range("window", window, 2, 1000);
    range("least-calls", leastCalls, 1, window);
    range("failure-percent", failurePercent, 1, 100);
    range("probe-delay", probeDelay, Duration.ofMillis(10), Duration.ofMinutes(1));
    range("longest-probe-delay", longestProbeDelay, probeDelay, Duration.ofMinutes(5));
  }

  private static <T extends Comparable<T>> void range(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "sluice.worker.circuit." + name + " is " + value + ", must be " + least + " to " + most);
    }
  }
}
