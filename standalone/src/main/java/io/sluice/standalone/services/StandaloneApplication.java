package io.sluice.standalone.services;

import io.sluice.gateway.GatewayConfiguration;
import io.sluice.reaper.ReaperConfiguration;
import io.sluice.worker.WorkerConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The three services in one context. Each brings its own packages; what they share exists once.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  io.sluice.storage.StorageConfiguration.class,
  GatewayConfiguration.class,
  WorkerConfiguration.class,
  ReaperConfiguration.class
})
class StandaloneApplication {}
