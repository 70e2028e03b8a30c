package io.sluice.metadata.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedded.EmbeddedStack;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// What becomes of rows that the build wrote which still gave jobs up.
class UpgradeIT {

  private static final String BEFORE = "3";

  private final DriverManagerDataSource dataSource =
      new DriverManagerDataSource(EmbeddedStack.freshDatabase());
  private final JdbcClient jdbc = JdbcClient.create(dataSource);
  private final UUID upload = UUID.randomUUID();

  @BeforeEach
  void oldRows() {
    Flyway.configure().dataSource(dataSource).target(BEFORE).load().migrate();
    jdbc.sql(
            """
            insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
              total_chunks, chunks_per_part, status, origin, content_type, storage_element, object_key, expires_at)
            values (:id, 'ann', 'a.bin', 20, 10, 2, 1, 'IN_PROGRESS', 'CHUNKED', 'text/plain', 'default',
              cast(:id as text), now() + interval '1 day')
            """)
        .param("id", upload)
        .update();
    jdbc.sql(
            """
            insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
            select :id, i, 10, 1, 2, 'k' || i, 'STAGED' from generate_series(0, 1) i
            """)
        .param("id", upload)
        .update();
    jdbc.sql(
            """
            update chunks set status = 'FAILED', attempts = 30, first_failed_at = now(),
              last_error = 'store_refused: 413'
            where upload_id = :id and chunk_index = 1
            """)
        .param("id", upload)
        .update();
    for (int i = 0; i < 2; i++) {
      jdbc.sql(
              """
              insert into dead_letters (job_type, upload_id, part, cause, attempts, first_failed_at)
              values ('STORE_PART', :id, 1, 'store_refused', 30, now())
              """)
          .param("id", upload)
          .update();
    }
  }

  @Test
  void aChunkThatWasGivenUpIsTriedAgain() {
    upgrade();

    assertThat(
            jdbc.sql(
                    """
                    select status || ' ' || attempts || ' ' || (next_attempt_at <= now()) from chunks
                    where upload_id = :id and chunk_index = 1
                    """)
                .param("id", upload)
                .query(String.class)
                .single())
        .isEqualTo("STAGED 0 true");
  }

  /// Its bytes are there as long as nobody has purged it, and its client was told that they are.
  @Test
  void anUploadThatWasEndedForItIsTakenBack() {
    jdbc.sql("update uploads set status = 'FAILED', end_code = 'store_refused' where id = :id")
        .param("id", upload)
        .update();

    upgrade();

    assertThat(
            jdbc.sql(
                    "select status || ' ' || coalesce(end_code, 'none') from uploads where id = :id")
                .param("id", upload)
                .query(String.class)
                .single())
        .isEqualTo("COMPLETING none");
  }

  @Test
  void anUploadThatItsClientSpoiltStaysFailed() {
    jdbc.sql(
            "update uploads set status = 'FAILED', end_code = 'file_checksum_mismatch' where id = :id")
        .param("id", upload)
        .update();

    upgrade();

    assertThat(
            jdbc.sql("select status from uploads where id = :id")
                .param("id", upload)
                .query(String.class)
                .single())
        .isEqualTo("FAILED");
  }

  @Test
  void ofSeveralLettersAboutOneJobOneStaysOpen() {
    upgrade();

    assertThat(
            jdbc.sql(
                    "select count(*) from dead_letters where resolved_at is null and replayed_at is null")
                .query(Integer.class)
                .single())
        .isOne();
  }

  @Test
  void theDatabaseKnowsWhoseItIsAndNoPlaceYet() {
    upgrade();

    assertThat(jdbc.sql("select count(*) from deployment").query(Integer.class).single()).isOne();
    assertThat(jdbc.sql("select count(*) from places").query(Integer.class).single()).isZero();
  }

  @Test
  void nothingIsGivenUpAnyMore() {
    upgrade();

    assertThatThrownBy(() ->
            jdbc.sql("update chunks set status = 'FAILED' where upload_id = :id")
                .param("id", upload)
                .update())
        .hasMessageContaining("FAILED");
    assertThatThrownBy(() ->
            jdbc.sql(
                    "update uploads set status = 'FAILED', end_code = 'store_refused' where id = :id")
                .param("id", upload)
                .update())
        .hasMessageContaining("no upload fails for store_refused");
  }

  private void upgrade() {
    Flyway.configure().dataSource(dataSource).load().migrate();
  }
}
