package io.sluice.coordination;

import io.sluice.coordination.inflight.InflightCounters;
import io.sluice.coordination.inflight.RedisInflightCounters;
import io.sluice.coordination.link.Keys;
import io.sluice.coordination.link.RedisAddress;
import io.sluice.coordination.link.RedisLink;
import io.sluice.coordination.link.RedissonSettings;
import io.sluice.coordination.rate.RateLimit;
import io.sluice.coordination.rate.RedisRateLimit;
import io.sluice.coordination.signal.RedisUploadSignals;
import io.sluice.coordination.signal.UploadSignals;
import io.sluice.coordination.window.FleetSlots;
import io.sluice.coordination.window.RedisUploadWindow;
import io.sluice.coordination.window.UploadWindow;
import io.sluice.coordination.window.WindowSettings;
import io.sluice.coordination.window.WindowSize;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of coordination: import it, and inject [InflightCounters], [UploadWindow], [WindowSize],
/// [RateLimit] and [UploadSignals]. All of them work, less fairly, while Redis is away.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  RedisSettings.class,
  WindowSettings.class,
  WindowSettings.WorkerSlots.class
})
public class CoordinationConfiguration {

  @Bean
  RedisLink redisLink(RedisSettings settings) {
    return new RedisLink(
        new RedissonSettings(
            RedisAddress.parse(settings.url()),
            settings.commandTimeout(),
            settings.connectTimeout()),
        settings.keyPrefix());
  }

  @Bean
  Keys redisKeys(RedisSettings settings) {
    return new Keys(settings.keyPrefix());
  }

  @Bean
  InflightCounters inflightCounters(RedisLink link, Keys keys, RedisSettings settings) {
    return new RedisInflightCounters(link, keys, settings.inflightLease());
  }

  @Bean
  UploadWindow uploadWindow(RedisLink link, Keys keys) {
    return new RedisUploadWindow(link, keys);
  }

  @Bean
  FleetSlots fleetSlots(RedisLink link, Keys keys) {
    return new FleetSlots(link, keys);
  }

  @Bean
  WindowSize windowSize(
      WindowSettings settings, WindowSettings.WorkerSlots ownSlots, FleetSlots fleet) {
    return new WindowSize(settings, ownSlots, fleet);
  }

  @Bean
  RateLimit rateLimit(RedisLink link, Keys keys) {
    return new RedisRateLimit(link, keys);
  }

  @Bean
  UploadSignals uploadSignals(RedisLink link, Keys keys) {
    return new RedisUploadSignals(link, keys);
  }
}
