package io.sluice.metadata.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.EmbeddedStack;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MigrationsIT {

  private final DriverManagerDataSource dataSource =
      new DriverManagerDataSource(EmbeddedStack.freshDatabase());
  private final Flyway flyway = Flyway.configure().dataSource(dataSource).load();

  @Test
  void anEmptyDatabaseGetsEveryTable() {
    flyway.migrate();

    assertThat(
            JdbcClient.create(dataSource)
                .sql("select table_name from information_schema.tables where table_schema='public'")
                .query(String.class)
                .list())
        .contains(
            "uploads",
            "chunks",
            "chunk_checksums",
            "state_transitions",
            "upload_events",
            "idempotency_keys",
            "api_keys",
            "dead_letters",
            "orphan_sightings");
    assertThat(flyway.info().pending()).isEmpty();
  }

  @Test
  void migratingAgainDoesNothing() {
    flyway.migrate();

    assertThat(flyway.migrate().migrationsExecuted).isZero();
    assertThat(Arrays.stream(flyway.info().applied()).map(MigrationInfo::getVersion)).isNotEmpty();
  }
}
