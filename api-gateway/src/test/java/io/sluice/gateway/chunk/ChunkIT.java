package io.sluice.gateway.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of chunks that are as they should be.
class ChunkIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final TestUpload upload =
      TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 250_000, 100_000);

  private Map<String, @Nullable Object> row(int index) {
    return gateway
        .database()
        .sql("select * from chunks where upload_id = :id and chunk_index = :index")
        .param("id", upload.id())
        .param("index", index)
        .query()
        .singleRow();
  }

  @Test
  void anAcknowledgedChunkIsAStagedFileAndARow() throws Exception {
    Answer answer = upload.send(1);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.text())
        .isEqualTo(
            "{\"upload_id\":\"%s\",\"chunk_index\":1,\"status\":\"STAGED\"}"
                .formatted(upload.id()));
    assertThat(answer.header("X-Request-ID")).isNotEmpty();
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(1);
    byte[] staged = Files.readAllBytes(gateway.stagedFiles(upload.id().toString()).getFirst());
    assertThat(staged).isEqualTo(upload.bytes(1));
    CRC32C crc = new CRC32C();
    crc.update(staged);
    assertThat(row(1))
        .containsEntry("status", "STAGED")
        .containsEntry("size_bytes", 100_000L)
        .containsEntry("crc32c", (int) crc.getValue())
        .containsEntry("sha256", null);
    assertThat(row(1).get("enqueued_at")).isNotNull();
    assertThat(upload.statusWord()).isEqualTo("IN_PROGRESS");
  }

  @Test
  void theLastChunkIsAsShortAsTheFileMakesIt() {
    assertThat(upload.send(2).status()).isEqualTo(202);
    assertThat(row(2)).containsEntry("size_bytes", 50_000L);
    assertThat(upload.status().json().path("bytes_received").longValue()).isEqualTo(50_000);
  }

  @Test
  void chunkedCodingIsAsGoodAsALength() {
    Answer answer =
        upload
            .client()
            .send(
                "PUT",
                upload.chunkPath(0),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(upload.bytes(0))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(row(0)).containsEntry("size_bytes", 100_000L);
  }

  @Test
  void theSameBytesAgainAreTheSameAnswerAndKeptOnce() {
    Answer first = upload.send(0);
    Answer again = upload.send(0);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(1);
  }

  @Test
  void aStoredChunkSentAgainIsAnsweredAsStored() {
    upload.send(0);
    gateway
        .database()
        .sql(
            """
            update chunks set status = 'STORED', etag = 'x', stored_at = now() where upload_id = :id
            """)
        .param("id", upload.id())
        .update();
    Answer again = upload.send(0);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text("status")).isEqualTo("STORED");
  }

  @Test
  void aChunkThatWasDamagedIsTakenAgain() {
    upload.send(0);
    gateway
        .database()
        .sql(
            """
            update chunks set status = 'DAMAGED', attempts = 9, last_error = 'lost', enqueued_at = null
            where upload_id = :id
            """)
        .param("id", upload.id())
        .update();
    byte[] other = upload.bytes(0);
    other[0] ^= 1;
    Answer conflict = upload.client().put(upload.chunkPath(0), other);
    assertThat(conflict.errorCode()).as("what was acknowledged stays").isEqualTo("chunk_conflict");
    String lost = String.valueOf(row(0).get("staging_key"));
    assertThat(upload.send(0).text("status")).isEqualTo("STAGED");
    assertThat(row(0))
        .containsEntry("status", "STAGED")
        .containsEntry("attempts", 0)
        .containsEntry("last_error", null);
    assertThat(row(0).get("staging_key")).isNotEqualTo(lost);
    assertThat(row(0).get("enqueued_at")).isNotNull();
  }

  /// The client was told that it is complete, and is told which chunk is not.
  @Test
  void aDamagedChunkOfAnUploadThatIsCompletingIsTakenAgain() {
    upload.sendAll();
    gateway
        .database()
        .sql("update uploads set status = 'COMPLETING' where id = :id")
        .param("id", upload.id())
        .update();
    gateway
        .database()
        .sql("update chunks set status = 'DAMAGED' where upload_id = :id and chunk_index = 1")
        .param("id", upload.id())
        .update();
    Answer missing = upload.client().get(upload.path() + "/missing-chunks");
    assertThat(missing.json().path("missing_chunk_indexes").toString()).isEqualTo("[1]");
    assertThat(missing.json().path("missing_count").intValue()).isEqualTo(1);

    assertThat(upload.send(1).text("status")).isEqualTo("STAGED");

    assertThat(row(1)).containsEntry("status", "STAGED");
    assertThat(upload.statusWord()).isEqualTo("COMPLETING");
    assertThat(
            upload
                .client()
                .get(upload.path() + "/missing-chunks")
                .json()
                .path("missing_count")
                .intValue())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Chunk-SHA256|HEX",
        "X-Chunk-SHA256|UPPER",
        "Content-Digest|sha-256=:B64:",
        "Repr-Digest|sha-256=:B64:",
        "Content-Digest|md5=:AAAA:, sha-256=:B64:;x=1, unixsum=:AA==:",
      })
  void aRightDigestIsComparedAndKept(String header) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(upload.bytes(0));
    String[] parts = header.split("\\|", 2);
    String value =
        parts[1]
            .replace("HEX", HexFormat.of().formatHex(digest))
            .replace("UPPER", HexFormat.of().withUpperCase().formatHex(digest))
            .replace("B64", Base64.getEncoder().encodeToString(digest));
    assertThat(upload.send(0, parts[0], value).status()).isEqualTo(202);
    assertThat(row(0)).containsEntry("sha256", HexFormat.of().formatHex(digest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5=:AAAA:", "sha-512=:AAAA:", "unknown=:AA==:;a=b"})
  void digestsByOtherAlgorithmsAreIgnored(String value) {
    assertThat(upload.send(0, "Content-Digest", value).status()).isEqualTo(202);
    assertThat(row(0)).containsEntry("sha256", null);
  }

  @Test
  void activityPutsOffExpiry() {
    upload.send(0);
    gateway
        .database()
        .sql("update uploads set expires_at = now() where id = :id")
        .param("id", upload.id())
        .update();
    gateway.bean(io.sluice.gateway.activity.UploadActivity.class).stop();
    gateway.bean(io.sluice.gateway.activity.UploadActivity.class).start();
    boolean later =
        gateway
            .database()
            .sql("select expires_at > now() + interval '23 hours' from uploads where id = :id")
            .param("id", upload.id())
            .query(Boolean.class)
            .single();
    assertThat(later).isTrue();
  }
}
