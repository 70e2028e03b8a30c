package io.sluice.reaper;

import io.sluice.coordination.CoordinationConfiguration;
import io.sluice.metadata.MetadataConfiguration;
import io.sluice.places.PlacesConfiguration;
import io.sluice.queue.QueueConfiguration;
import io.sluice.reaper.run.RepairMetrics;
import io.sluice.reaper.run.Step;
import io.sluice.storage.StorageConfiguration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/// What a service imports to run a [ReaperPass] on request. Nothing runs by itself. Needs a
/// [java.time.Clock] bean, for the queue. Names its beans in full: that service may well have components
/// of the same short name.
@Configuration(proxyBeanMethods = false)
@ComponentScan(
    basePackages = {
      "io.sluice.reaper.run",
      "io.sluice.reaper.removal",
      "io.sluice.reaper.job",
      "io.sluice.reaper.requeue",
      "io.sluice.reaper.expiry",
      "io.sluice.reaper.purge",
      "io.sluice.reaper.idempotency",
      "io.sluice.reaper.prune",
      "io.sluice.reaper.sweep"
    },
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan({
  "io.sluice.reaper.requeue",
  "io.sluice.reaper.expiry",
  "io.sluice.reaper.prune",
  "io.sluice.reaper.sweep"
})
@Import({
  MetadataConfiguration.class,
  QueueConfiguration.class,
  StorageConfiguration.class,
  PlacesConfiguration.class,
  CoordinationConfiguration.class
})
public class ReaperPassConfiguration {

  @Bean
  ReaperPass reaperPass(List<Step> steps, RepairMetrics metrics) {
    return new ReaperPass(steps, metrics);
  }
}
