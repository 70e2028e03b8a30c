package io.sluice.reaper;

import io.sluice.runtime.health.HealthConfiguration;
import io.sluice.runtime.thread.CarrierThreads;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/// The reaper as a process of its own.
///
/// Not a `@Configuration`: where all services share one context, a scan must not find it and with it
/// this process's own defaults.
@EnableAutoConfiguration
@PropertySource("classpath:io/sluice/reaper/reaper-defaults.properties")
@Import({ReaperConfiguration.class, HealthConfiguration.class})
public class ReaperApplication {

  public static void main(String[] arguments) {
    CarrierThreads.makeEnough();
    SpringApplication.run(ReaperApplication.class, arguments);
  }

  /// For clients of the infrastructure only: ages are judged by the database's clock.
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
