package io.sluice.places;

import io.sluice.runtime.health.ReadinessCheck;
import io.sluice.storage.place.MarkedPlaces;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// What a service imports beside its stores to know that their places are its own. Needs a [Clock] bean.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlaceSettings.class)
public class PlacesConfiguration {

  @Bean
  Watches placeWatches(
      MarkedPlaces places,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock,
      PlaceSettings settings) {
    return new Watches(places, jdbc, transactions, clock, settings);
  }

  @Bean
  RemovalHold removalHold(JdbcClient jdbc) {
    return new RemovalHold(new PlaceRows(jdbc), System::nanoTime);
  }

  @Bean
  PlaceGuard placeGuard(Watches watches, RemovalHold hold) {
    return new WatchedPlaces(watches, hold);
  }

  @Bean
  PlaceDesk placeDesk(Watches watches) {
    return new PlaceDesk(watches);
  }

  @Bean
  PlaceGauges placeGauges(Watches watches) {
    return new PlaceGauges(watches);
  }

  @Bean
  ReadinessCheck stagingReadiness(
      Watches watches, RemovalHold hold, ObjectProvider<NeededPlaces> needed) {
    return readiness(PlaceKind.STAGING, watches, hold, needed);
  }

  @Bean
  ReadinessCheck objectsReadiness(
      Watches watches, RemovalHold hold, ObjectProvider<NeededPlaces> needed) {
    return readiness(PlaceKind.OBJECTS, watches, hold, needed);
  }

  private static ReadinessCheck readiness(
      PlaceKind kind, Watches watches, RemovalHold hold, ObjectProvider<NeededPlaces> needed) {
    boolean required = needed.stream().anyMatch(service -> service.kinds().contains(kind));
    return new PlaceReadiness(kind, required, watches, hold);
  }
}
