package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KafkaSettingsTest {

  @Test
  void defaultsAreForTheSameMachine() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new KafkaSettings(
                "127.0.0.1:9092",
                "sluice",
                "sluice",
                1,
                1,
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Map.of()));
  }

  @Test
  void everyPropertyIsRead() {
    assertThat(
            bind(
                Map.of(
                    "sluice.kafka.bootstrap-servers", "a:1,b:2",
                    "sluice.kafka.client-id", "worker-1",
                    "sluice.kafka.topic-prefix", "blue",
                    "sluice.kafka.partitions", "6",
                    "sluice.kafka.replication", "3",
                    "sluice.kafka.produce-timeout", "1s",
                    "sluice.kafka.admin-timeout", "5s",
                    "sluice.kafka.heavy-lock", "5m",
                    "sluice.kafka.light-lock", "30s",
                    "sluice.kafka.properties.[security.protocol]", "SSL")))
        .isEqualTo(
            new KafkaSettings(
                "a:1,b:2",
                "worker-1",
                "blue",
                6,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Map.of("security.protocol", "SSL")));
  }

  @ParameterizedTest
  @CsvSource({
    "bootstrap-servers, ' '",
    "topic-prefix, a b",
    "partitions, 0",
    "replication, 10",
    "produce-timeout, 10ms",
    "admin-timeout, 2m",
    "heavy-lock, 1s",
    "light-lock, 2h"
  })
  void aBadValueIsRefusedByItsName(String name, String value) {
    assertThatThrownBy(() -> bind(Map.of("sluice.kafka." + name, value)))
        .hasStackTraceContaining("sluice.kafka." + name);
  }

  private static KafkaSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("sluice.kafka", KafkaSettings.class);
  }
}
