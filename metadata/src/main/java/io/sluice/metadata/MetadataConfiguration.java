package io.sluice.metadata;

import io.sluice.metadata.chunk.Chunks;
import io.sluice.metadata.chunk.KeptChecksums;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.metadata.upload.Uploads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a service imports to read the database. Flyway runs from Boot's own configuration.
@Configuration(proxyBeanMethods = false)
@EnableJdbcRepositories(basePackageClasses = Uploads.class)
@Import({Chunks.class, KeptChecksums.class})
public class MetadataConfiguration {

  @Bean
  DatabaseClock databaseClock(JdbcClient jdbc) {
    return new DatabaseClock(jdbc, System::nanoTime);
  }
}
