package io.sluice.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RedisSettingsTest {

  @Test
  void defaultsAreForTheSameMachine() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new RedisSettings(
                "redis://127.0.0.1:6379",
                "sluice",
                Duration.ofMillis(150),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15)));
  }

  @Test
  void everyPropertyIsRead() {
    assertThat(
            bind(
                Map.of(
                    "sluice.redis.url", "rediss://:x@h:1/2",
                    "sluice.redis.key-prefix", "blue",
                    "sluice.redis.command-timeout", "80ms",
                    "sluice.redis.connect-timeout", "2s",
                    "sluice.redis.inflight-lease", "30s")))
        .isEqualTo(
            new RedisSettings(
                "rediss://:x@h:1/2",
                "blue",
                Duration.ofMillis(80),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @CsvSource({
    "url, http://h",
    "key-prefix, a b",
    "command-timeout, 1ms",
    "connect-timeout, 5m",
    "inflight-lease, 100ms"
  })
  void aBadValueIsRefusedByItsName(String name, String value) {
    assertThatThrownBy(() -> bind(Map.of("sluice.redis." + name, value)))
        .hasStackTraceContaining("sluice.redis." + name);
  }

  private static RedisSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("sluice.redis", RedisSettings.class);
  }
}
