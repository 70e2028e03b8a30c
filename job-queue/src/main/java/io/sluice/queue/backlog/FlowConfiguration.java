package io.sluice.queue.backlog;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// For whoever shows how the queue moves: import it beside the queue's own configuration, and inject
/// [QueueFlow]. Services that share a process share one.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({FlowSettings.class, FlowSettings.LightSlots.class})
public class FlowConfiguration {

  @Bean
  QueueFlow queueFlow(QueueBacklog backlog, FlowSettings settings, FlowSettings.LightSlots light) {
    return new QueueFlow(backlog, settings, light);
  }
}
