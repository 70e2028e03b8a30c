package io.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/// Every limit that stops a worker's start says which property it is about.
class SettingsTest {

  @Configuration(proxyBeanMethods = false)
  @ConfigurationPropertiesScan
  static class AllSettings {}

  private final ApplicationContextRunner worker =
      new ApplicationContextRunner().withUserConfiguration(AllSettings.class);

  @Test
  void theDefaultsAreWithinTheLimits() {
    worker.run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource({
    "slots, 0",
    "slots, 513",
    "max-slots, 513",
    "min-slots, 33",
    "autoscale-cooldown-seconds, -1",
    "scale-up-queue-threshold, -1",
    "scale-up-utilization-threshold, 1.1",
    "scale-down-utilization-threshold, 0.9",
    "scale-window, 49ms",
    "light-slots, 0",
    "light-batch, 501",
    "light-concurrency, 0",
    "drain-timeout, 11m",
    "long-jobs, 0",
    "lease, 999ms",
    "lease, 61m",
    "max-retries, 21",
    "quick-delay, 6s",
    "rounds-before-parking, 0",
    "round-delay, 61m",
    "longest-round-delay, 500ms",
    "away-delay, 6m",
    "held-delay, 6m",
    "loss-after, 25h",
    "circuit.window, 1",
    "circuit.least-calls, 21",
    "circuit.failure-percent, 0",
    "circuit.probe-delay, 9ms",
    "circuit.longest-probe-delay, 100ms"
  })
  void aValueOutsideItsLimitsStopsTheStartByName(String name, String value) {
    worker
        .withPropertyValues("sluice.worker." + name + "=" + value)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("sluice.worker." + name + " is "));
  }
}
