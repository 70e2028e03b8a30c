package io.sluice.metadata.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.metadata.MigratedDatabase;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.upload.UploadStatus;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

/// What the columns refuse. Each statement changes a good row in one thing.
class ConstraintsIT {

  private static final MigratedDatabase DATABASE = new MigratedDatabase();

  private UUID upload;

  @BeforeEach
  void aGoodRow() {
    upload = DATABASE.upload(UploadStatus.IN_PROGRESS);
    DATABASE.chunk(upload, 0, ChunkStatus.STAGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "owner_id = ''",
        "file_name = ''",
        "file_name = repeat('x', 1025)",
        "file_size_bytes = -1",
        "chunk_size_bytes = 0",
        "total_chunks = -1",
        "chunks_per_part = 0",
        "origin = 'ELSEWHERE'",
        "metadata = '[]'",
        "declared_sha256 = 'abc'",
        "declared_sha256 = repeat('A', 64)",
        "sha256 = repeat('g', 64)",
        "stored_chunks = -1",
        "stored_chunks = 11",
        "purged_at = now()",
        "status = 'COMPLETING', total_chunks = null",
        "status = 'COMPLETING', file_size_bytes = null",
        "status = 'STRANGE'"
      })
  void anUploadRefuses(String change) {
    refused("update uploads set " + change + " where id = :id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file_name = repeat('x', 1024)",
        "file_size_bytes = 5497558138880",
        "file_size_bytes = null, total_chunks = null",
        "stored_chunks = 10",
        "declared_sha256 = repeat('0f', 32), sha256 = repeat('0f', 32)",
        "status = 'ABORTED', purged_at = now()"
      })
  void anUploadTakes(String change) {
    assertThat(
            DATABASE
                .jdbc()
                .sql("update uploads set " + change + " where id = :id")
                .param("id", upload)
                .update())
        .isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed_at = null", "listed_at = null", "etag = null"})
  void aCompletedUploadHasItsResult(String change) {
    upload = DATABASE.upload(UploadStatus.COMPLETED);

    refused("update uploads set " + change + " where id = :id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chunk_index = -1",
        "size_bytes = -1",
        "sha256 = 'abc'",
        "enqueued_at = now(), next_attempt_at = now()",
        "status = 'STORED'",
        "status = 'STORED', etag = 'e'",
        "status = 'STORED', stored_at = now()",
        "upload_id = gen_random_uuid()",
        "staging_key = null"
      })
  void aChunkRefuses(String change) {
    refused("update chunks set " + change + " where upload_id = :id");
  }

  @Test
  void twoUploadsNeverShareAnObjectKey() {
    UUID other = DATABASE.upload(UploadStatus.IN_PROGRESS);

    refused("update uploads set object_key = '" + other + "' where id = :id");
  }

  @Test
  void anUploadWithChunksCannotBeRemoved() {
    refused("delete from uploads where id = :id");
  }

  @Test
  void aChunkExistsOnce() {
    assertThatThrownBy(() -> DATABASE.chunk(upload, 0, ChunkStatus.STAGED))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "idempotency_keys (owner_id, scope, key, request_hash, expires_at) | 'a', 'init', '', '', now()",
        "api_keys (key_hash, owner_id) | '\\x00', 'a'",
        "api_keys (key_hash, owner_id) | decode(repeat('00', 32), 'hex'), ''",
        "dead_letters (job_type, cause, attempts, first_failed_at) | 'OTHER', 'c', 1, now()",
        "orphan_sightings (place, key, size_bytes) | 'ELSEWHERE', 'k', 1"
      })
  void otherTablesRefuse(String into, String values) {
    assertThatThrownBy(
            () -> DATABASE.jdbc().sql("insert into " + into + " values (" + values + ")").update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void theCounterOfStoredChunksIsInNoIndexSoThatItsUpdatesStayHeapOnly() {
    List<String> definitions =
        DATABASE
            .jdbc()
            .sql("select indexdef from pg_indexes where tablename = 'uploads'")
            .query((row, number) -> row.getString(1))
            .list();

    assertThat(definitions).isNotEmpty().noneMatch(sql -> sql.contains("stored_chunks"));
  }

  private void refused(String sql) {
    var before = rows();
    assertThatThrownBy(() -> DATABASE.jdbc().sql(sql).param("id", upload).update())
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThat(rows()).isEqualTo(before);
  }

  private List<Object> rows() {
    return List.of(
        DATABASE
            .jdbc()
            .sql("select * from uploads where id = :id")
            .param("id", upload)
            .query()
            .singleRow(),
        DATABASE
            .jdbc()
            .sql("select * from chunks where upload_id = :id")
            .param("id", upload)
            .query()
            .listOfRows());
  }
}
