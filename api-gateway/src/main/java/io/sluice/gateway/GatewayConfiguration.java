package io.sluice.gateway;

import io.sluice.coordination.CoordinationConfiguration;
import io.sluice.metadata.MetadataConfiguration;
import io.sluice.places.NeededPlaces;
import io.sluice.places.PlacesConfiguration;
import io.sluice.queue.QueueConfiguration;
import io.sluice.queue.backlog.FlowConfiguration;
import io.sluice.reaper.ReaperPassConfiguration;
import io.sluice.runtime.health.HealthConfiguration;
import io.sluice.storage.StorageConfiguration;
import io.sluice.storage.place.PlaceKind;
import java.time.Clock;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/// Everything that makes a process a gateway. It can share a context, and a class path, with the other
/// services: it scans its own packages only, and no service brings an `application.properties` (which
/// stays free for whoever operates it). What differs from the defaults all services share is in
/// `gateway-defaults.properties`; being a property source of a configuration class it has the lowest
/// precedence but comes in time for auto-configuration.
@Configuration(proxyBeanMethods = false)
@ComponentScan(
    excludeFilters =
        @ComponentScan.Filter(
            type = FilterType.ASSIGNABLE_TYPE,
            classes = GatewayApplication.class))
@ConfigurationPropertiesScan
@PropertySource("classpath:io/sluice/gateway/gateway-defaults.properties")
@Import({
  MetadataConfiguration.class,
  StorageConfiguration.class,
  PlacesConfiguration.class,
  QueueConfiguration.class,
  FlowConfiguration.class,
  ReaperPassConfiguration.class,
  CoordinationConfiguration.class,
  HealthConfiguration.class
})
public class GatewayConfiguration {

  /// For logs and messages only; ages are judged by the database.
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  /// Without its objects it still takes in.
  @Bean
  NeededPlaces placesOfTheGateway() {
    return new NeededPlaces(Set.of(PlaceKind.STAGING));
  }
}
