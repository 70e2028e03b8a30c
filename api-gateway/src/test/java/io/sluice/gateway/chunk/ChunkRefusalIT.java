package io.sluice.gateway.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import io.sluice.gateway.testing.Worker;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Chunks that are refused: the named error, and nothing stored.
class ChunkRefusalIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final TestUpload upload =
      TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 250_000, 100_000);
  private int kept;

  @AfterEach
  void nothingWasStored() {
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(kept);
    int rows =
        gateway
            .database()
            .sql("select count(*) from chunks where upload_id = :id")
            .param("id", upload.id())
            .query(Integer.class)
            .single();
    assertThat(rows).isEqualTo(kept);
  }

  private void refused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.text("upload_id")).isEqualTo(upload.id().toString());
    assertThat(answer.text("request_id")).isEqualTo(answer.header("X-Request-ID")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "-1", "x", "1.0", "99999999999", "0x1", "%20", "+1"})
  void anIndexOutOfBounds(String index) {
    refused(
        upload.client().put(upload.path() + "/chunks/" + index, upload.bytes(0)),
        400,
        "chunk_index_out_of_bounds");
  }

  @ParameterizedTest
  @CsvSource({
    "0,400,chunk_length_mismatch",
    "99999,400,chunk_length_mismatch",
    "100001,413,payload_too_large",
    "3000000,413,payload_too_large"
  })
  void anotherLengthThanTheChunks(int length, int status, String code) {
    byte[] body = new byte[length];
    refused(upload.client().put(upload.chunkPath(0), body), status, code);
    refused(
        upload
            .client()
            .send(
                "PUT",
                upload.chunkPath(0),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))),
        status,
        code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Chunk-SHA256", "Content-Digest", "Repr-Digest"})
  void aDigestOfOtherBytes(String header) {
    String value =
        header.startsWith("X-")
            ? "0".repeat(64)
            : "sha-256=:" + Base64.getEncoder().encodeToString(new byte[32]) + ":";
    refused(upload.send(0, header, value), 400, "checksum_mismatch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Chunk-SHA256 | abc",
        "X-Chunk-SHA256 | zz00000000000000000000000000000000000000000000000000000000000000",
        "Content-Digest | sha-256",
        "Content-Digest | sha-256=abc",
        "Content-Digest | sha-256=:AAAA:",
        "Content-Digest | sha-256=:!!!!:",
        "Content-Digest | sha-256=:AAAA",
        "Content-Digest | ,",
        "Repr-Digest | =:AAAA:",
        "Repr-Digest | SHA-256=:AAAA:",
      })
  void aDigestThatCannotBeRead(String header, String value) {
    refused(upload.send(0, header, value), 400, "malformed_request");
  }

  @Test
  void digestsThatContradictEachOther() {
    refused(
        upload.send(
            0,
            "X-Chunk-SHA256",
            "0".repeat(64),
            "Content-Digest",
            "sha-256=:" + Base64.getEncoder().encodeToString(new byte[] {1}).repeat(1) + ":"),
        400,
        "malformed_request");
    byte[] other = new byte[32];
    other[0] = 1;
    refused(
        upload.send(
            0,
            "X-Chunk-SHA256",
            "0".repeat(64),
            "Content-Digest",
            "sha-256=:" + Base64.getEncoder().encodeToString(other) + ":"),
        400,
        "malformed_request");
  }

  @Test
  void otherBytesForAnAcknowledgedChunk() {
    upload.send(0);
    kept = 1;
    byte[] other = upload.bytes(0);
    other[5000] ^= 1;
    refused(upload.client().put(upload.chunkPath(0), other), 409, "chunk_conflict");
    assertThat(upload.send(0).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABORTED", "FAILED", "COMPLETING", "COMPLETED"})
  void anUploadThatTakesNoChunks(String status) {
    if (status.equals("ABORTED")) {
      upload.client().delete(upload.path());
    } else if (status.equals("FAILED")) {
      new Worker(gateway).fail(upload.id(), "file_checksum_mismatch");
    } else {
      // Without its last chunk, as rows of chunks stored long ago are pruned.
      upload.send(0);
      kept = 1;
      gateway
          .database()
          .sql("update uploads set status = 'COMPLETING' where id = :id")
          .param("id", upload.id())
          .update();
      if (status.equals("COMPLETED")) {
        new Worker(gateway).complete(upload.id());
      }
    }
    refused(upload.send(1), 409, "upload_not_active");
  }

  @Test
  void chunksOfAFileMayBeRepeatedWithTheSameBytesOnly() {
    upload.sendAll();
    kept = 3;
    new Worker(gateway).finish(upload.id());
    assertThat(upload.send(1).text("status")).isEqualTo("STORED");
    byte[] other = upload.bytes(1);
    other[0] ^= 1;
    refused(upload.client().put(upload.chunkPath(1), other), 409, "chunk_conflict");
  }

  @Test
  void anEmptyFileHasNoChunkToSend() {
    TestUpload empty = TestUpload.begin(upload.client(), 0, 10);
    Answer answer = empty.client().put(empty.chunkPath(0), new byte[0]);
    assertThat(answer.errorCode()).isEqualTo("chunk_index_out_of_bounds");
  }
}
