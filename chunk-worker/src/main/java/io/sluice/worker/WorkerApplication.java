package io.sluice.worker;

import io.sluice.runtime.thread.CarrierThreads;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/// A worker as a process of its own.
///
/// Not a `@Configuration`: where all services share one context, a scan must not find it and with it
/// this process's own defaults.
@EnableAutoConfiguration
@Import(WorkerConfiguration.class)
@PropertySource("classpath:io/sluice/worker/worker-defaults.properties")
public class WorkerApplication {

  /// Starts it.
  public static void main(String[] arguments) {
    CarrierThreads.makeEnough();
    SpringApplication.run(WorkerApplication.class, arguments);
  }
}
