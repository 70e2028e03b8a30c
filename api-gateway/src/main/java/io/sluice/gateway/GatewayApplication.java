package io.sluice.gateway;

import io.sluice.runtime.thread.CarrierThreads;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// A gateway as a process of its own.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(GatewayConfiguration.class)
public class GatewayApplication {

  public static void main(String[] arguments) {
    CarrierThreads.makeEnough();
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    // Not in the defaults file: a process that runs several services has one name for all of them.
    application.setDefaultProperties(Map.of("spring.application.name", "api-gateway"));
    application.run(arguments);
  }
}
