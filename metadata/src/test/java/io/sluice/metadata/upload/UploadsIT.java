package io.sluice.metadata.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.metadata.MetadataConfiguration;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.upload.UploadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Also shows that a service which imports the configuration and says where the database is gets the
/// schema and the readers.
class UploadsIT {

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(MetadataConfiguration.class)
  static class Service {}

  private static final ConfigurableApplicationContext CONTEXT =
      new SpringApplicationBuilder(Service.class)
          .web(WebApplicationType.NONE)
          .properties("spring.datasource.url=" + EmbeddedStack.freshDatabase())
          .run();

  @AfterAll
  static void stop() {
    CONTEXT.close();
  }

  private final JdbcClient jdbc = CONTEXT.getBean(JdbcClient.class);
  private final Uploads uploads = CONTEXT.getBean(Uploads.class);

  @Test
  void everyColumnIsRead() {
    UUID id = insert("ann");
    jdbc.sql(
            """
            update uploads set status = 'COMPLETED', auto_complete = true,
              metadata = '{"a": "1", "ö": "\\"2\\""}', declared_sha256 = repeat('01', 32),
              sha256 = repeat('0f', 32), crc32c = -5, etag = '"tag"', multipart_id = 'multi',
              stored_chunks = 3, end_code = 'code', end_detail = 'detail', attempts = 6,
              enqueued_at = '2026-01-01T00:00:01.000001Z', next_attempt_at = '2026-01-01T00:00:02Z',
              first_failed_at = '2026-01-01T00:00:03Z', last_error = 'why',
              created_at = '2026-01-01T00:00:04Z', updated_at = '2026-01-01T00:00:05Z',
              expires_at = '2026-01-01T00:00:06Z', completed_at = '2026-01-01T00:00:07Z',
              listed_at = '2026-01-01T00:00:08Z'
            where id = :id
            """)
        .param("id", id)
        .update();

    assertThat(uploads.findById(id))
        .contains(
            new Upload(
                id,
                "ann",
                "name",
                12884901889L,
                5368709120L,
                3,
                2,
                UploadStatus.COMPLETED,
                UploadOrigin.ONE_REQUEST,
                true,
                "text/plain",
                new UserMetadata(Map.of("a", "1", "ö", "\"2\"")),
                "01".repeat(32),
                "0f".repeat(32),
                -5,
                "\"tag\"",
                "element",
                "key-" + id,
                "multi",
                3,
                "code",
                "detail",
                6,
                Instant.parse("2026-01-01T00:00:01.000001Z"),
                Instant.parse("2026-01-01T00:00:02Z"),
                Instant.parse("2026-01-01T00:00:03Z"),
                "why",
                Instant.parse("2026-01-01T00:00:04Z"),
                Instant.parse("2026-01-01T00:00:05Z"),
                Instant.parse("2026-01-01T00:00:06Z"),
                Instant.parse("2026-01-01T00:00:07Z"),
                Instant.parse("2026-01-01T00:00:08Z"),
                null));
  }

  @Test
  void thePlanIsThatOfTheRow() {
    Upload upload = uploads.findById(insert("ann")).orElseThrow();

    assertThat(upload.plan()).isEqualTo(new ChunkPlan(12884901889L, 5368709120L, 3, 2));
  }

  @Test
  void anUploadOfUnknownSizeHasNoPlanYet() {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into uploads (id, owner_id, file_name, chunk_size_bytes, chunks_per_part, status,
              origin, content_type, storage_element, object_key, expires_at)
            values (:id, 'ann', 'name', 10, 1, 'IN_PROGRESS', 'ONE_REQUEST', 'text/plain', 'element',
              :id, now())
            """)
        .param("id", id)
        .update();

    Upload upload = uploads.findById(id).orElseThrow();

    assertThat(upload.fileSizeBytes()).isNull();
    assertThat(upload.metadata()).isEqualTo(UserMetadata.NONE);
    assertThatThrownBy(upload::plan).hasMessageContaining(id.toString());
  }

  @Test
  void somebodyElsesUploadIsNone() {
    UUID id = insert("ann");

    assertThat(uploads.findByIdAndOwnerId(id, "ann")).isPresent();
    assertThat(uploads.findByIdAndOwnerId(id, "bob")).isEmpty();
    assertThat(uploads.findByIdAndOwnerId(UUID.randomUUID(), "ann")).isEmpty();
  }

  @Test
  void aFileIsListedAndNotDeleted() {
    UUID id = insert("ann");
    assertThat(uploads.findById(id).orElseThrow().isFile()).isFalse();

    jdbc.sql("update uploads set listed_at = now() where id = :id").param("id", id).update();
    assertThat(uploads.findById(id).orElseThrow().isFile()).isTrue();

    jdbc.sql("update uploads set status = 'DELETED' where id = :id").param("id", id).update();
    assertThat(uploads.findById(id).orElseThrow().isFile()).isFalse();
  }

  @Test
  void theDatabaseClockOfTheContextIsThatOfTheDatabase() {
    Instant asked =
        jdbc.sql("select clock_timestamp()")
            .query(java.time.OffsetDateTime.class)
            .single()
            .toInstant();

    assertThat(Duration.between(CONTEXT.getBean(DatabaseClock.class).now(), asked).abs())
        .isLessThan(Duration.ofSeconds(30));
  }

  private UUID insert(String owner) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
              total_chunks, chunks_per_part, status, origin, content_type, storage_element,
              object_key, expires_at)
            values (:id, :owner, 'name', 12884901889, 5368709120, 3, 2, 'COMPLETING', 'ONE_REQUEST',
              'text/plain', 'element', 'key-' || :id, now())
            """)
        .param("id", id)
        .param("owner", owner)
        .update();
    return id;
  }
}
