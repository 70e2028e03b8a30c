package io.sluice.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import io.sluice.gateway.testing.Worker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a file that comes in chunks is: what its first bytes say, whatever its client says.
class ContentTypeIT {

  private static final int CHUNK = 10_000;

  private static final GatewayUnderTest GATEWAY =
      GatewayUnderTest.start(
          Map.of("sluice.file.denied-content-types", "application/x-sh,application/x-msdownload"));

  private final Client ann = GATEWAY.as(GatewayUnderTest.ANN);

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @Test
  void theFirstChunksBytesTellWhateverTheClientSaysAndWhenTheyCome() {
    for (boolean beginFirst : new boolean[] {true, false}) {
      TestUpload upload =
          TestUpload.begin(ann, 2 * CHUNK, CHUNK, ",\"content_type\":\"text/html\"");
      for (int index : beginFirst ? new int[] {0, 1} : new int[] {1, 0}) {
        Answer sent =
            ann.put(upload.chunkPath(index), index == 0 ? png(CHUNK) : upload.bytes(index));
        assertThat(sent.status()).as(sent.text()).isEqualTo(202);
      }

      new Worker(GATEWAY).finish(upload.id());

      assertThat(ann.get("/v1/files/" + upload.id() + "/metadata").text("content_type"))
          .isEqualTo("image/png");
    }
  }

  @Test
  void bytesThatAreNotKeptTellNothing() {
    TestUpload upload = TestUpload.begin(ann, 2 * CHUNK, CHUNK);
    assertThat(ann.put(upload.chunkPath(0), png(CHUNK)).status()).isEqualTo(202);

    assertThat(ann.put(upload.chunkPath(0), script(CHUNK)).errorCode()).isEqualTo("chunk_conflict");

    assertThat(typeInRow(upload.id())).isEqualTo("image/png");
    assertThat(upload.statusWord()).isEqualTo("IN_PROGRESS");
  }

  @Test
  void aFileThatIsNotAcceptedEndsItsUploadWithItsFirstChunk() {
    TestUpload upload = TestUpload.begin(ann, 3 * CHUNK, CHUNK);
    assertThat(upload.send(1).status()).isEqualTo(202);

    Answer refused = ann.put(upload.chunkPath(0), script(CHUNK));

    assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    assertThat(refused.errorCode()).isEqualTo("unsupported_media_type");
    Answer status = upload.status();
    assertThat(status.text("status")).isEqualTo("FAILED");
    assertThat(status.json().path("failure").path("code").asString(""))
        .isEqualTo("unsupported_media_type");
    assertThat(upload.send(2).errorCode()).isEqualTo("upload_not_active");
    // What came before waits to be purged by a job; of the refused bytes nothing is left.
    assertThat(GATEWAY.stagedFiles(upload.id().toString())).hasSize(1);
    assertThat(
            GATEWAY
                .database()
                .sql("select enqueued_at is not null from uploads where id = :id")
                .param("id", upload.id())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void aTypeThatIsNotAcceptedIsRefusedWhereItsClientAdmitsIt() {
    Answer refused =
        ann.post(
            "/v1/uploads/init",
            """
            {"file_name":"admitted","file_size":5,"content_type":"Application/X-sh; charset=utf-8"}
            """);

    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.errorCode()).isEqualTo("unsupported_media_type");
    assertThat(
            GATEWAY
                .database()
                .sql("select count(*) from uploads where file_name = 'admitted'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  /// Else a file could come byte by byte, and no byte says what it is.
  @Test
  void chunksAreLongEnoughToTellWhereNotEverythingIsAccepted() {
    Answer refused =
        ann.post("/v1/uploads/init", "{\"file_name\":\"a\",\"file_size\":5,\"chunk_size\":1}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("field")).isEqualTo("chunk_size");
    assertThat(
            ann.post("/v1/uploads/init", "{\"file_name\":\"a\",\"file_size\":5,\"chunk_size\":5}")
                .status())
        .isEqualTo(201);
  }

  private static String typeInRow(UUID id) {
    return GATEWAY
        .database()
        .sql("select content_type from uploads where id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  private static byte[] png(int size) {
    return Arrays.copyOf(
        HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"),
        size);
  }

  private static byte[] script(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) '\n');
    byte[] begin = "#!/bin/sh\necho\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(begin, 0, bytes, 0, begin.length);
    return bytes;
  }
}
