package io.sluice.worker;

import io.sluice.coordination.CoordinationConfiguration;
import io.sluice.metadata.MetadataConfiguration;
import io.sluice.places.NeededPlaces;
import io.sluice.places.PlacesConfiguration;
import io.sluice.queue.QueueConfiguration;
import io.sluice.queue.backlog.FlowConfiguration;
import io.sluice.runtime.health.HealthConfiguration;
import io.sluice.storage.StorageConfiguration;
import io.sluice.storage.place.PlaceKind;
import io.sluice.worker.retry.BackOff;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/// The worker's beans. Imported alone it is a worker; beside the gateway's and the reaper's in one
/// context it is a third of a standalone process, where two services may well have components of the
/// same name.
@Configuration(proxyBeanMethods = false)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
@Import({
  MetadataConfiguration.class,
  QueueConfiguration.class,
  FlowConfiguration.class,
  CoordinationConfiguration.class,
  StorageConfiguration.class,
  PlacesConfiguration.class,
  HealthConfiguration.class
})
public class WorkerConfiguration {

  /// For logs and dead letters only; ages are judged by the database's clock.
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  NeededPlaces placesOfTheWorker() {
    return new NeededPlaces(Set.of(PlaceKind.STAGING, PlaceKind.OBJECTS));
  }

  @Bean
  BackOff backOff() {
    return new BackOff(() -> ThreadLocalRandom.current().nextDouble());
  }
}
