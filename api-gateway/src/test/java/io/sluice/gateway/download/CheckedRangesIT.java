package io.sluice.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.s3.S3Server;
import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawDownload;
import io.sluice.gateway.testing.TestUpload;
import io.sluice.gateway.testing.Worker;
import io.sluice.metadata.upload.Uploads;
import io.sluice.storage.s3.S3Connection;
import io.sluice.storage.s3.S3Endpoint;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/// Ranges of an object in a real S3 service that has changed under its length: a range of which a chunk is
/// wrong never comes to a clean end, any other is what it was.
class CheckedRangesIT {

  private static final int CHUNK_BYTES = 1_000_000;
  private static final int SIZE_BYTES = 5 * CHUNK_BYTES + 400_000;
  private static final String PREFIX = "checked-ranges/";

  private static GatewayUnderTest gateway;
  private static S3Connection s3;

  private final byte[] bytes = new byte[SIZE_BYTES];
  private UUID id;
  private String file;

  @BeforeAll
  static void start() {
    S3Server server = EmbeddedStack.s3();
    Map<String, Object> settings = GatewayUnderTest.s3(PREFIX);
    settings.put("sluice.download.check-beyond-bytes", 900_000);
    gateway = GatewayUnderTest.start(settings);
    s3 =
        S3Connection.open(
            new S3Endpoint(
                "us-east-1",
                Optional.of(server.endpoint()),
                true,
                Optional.of(new S3Endpoint.Credentials(server.accessKey(), server.secretKey())),
                S3Endpoint.Checksums.FULL_OBJECT,
                1));
  }

  @AfterAll
  static void stop() {
    s3.close();
    gateway.close();
  }

  @BeforeEach
  void store() {
    TestUpload upload =
        TestUpload.begin(gateway.as(GatewayUnderTest.ANN), SIZE_BYTES, CHUNK_BYTES, "").sendAll();
    for (int index = 0; index < upload.totalChunks(); index++) {
      byte[] chunk = upload.bytes(index);
      System.arraycopy(chunk, 0, bytes, index * CHUNK_BYTES, chunk.length);
    }
    id = upload.id();
    file = "/v1/files/" + id;
    put(bytes);
    new Worker(gateway).finish(id);
    // As the reaper does when an upload has been over for a day.
    gateway.database().sql("delete from chunks where upload_id = :id").param("id", id).update();
  }

  private void put(byte[] object) {
    String key = gateway.bean(Uploads.class).findById(id).orElseThrow().objectKey();
    s3.client()
        .putObject(
            put -> put.bucket(S3Server.BUCKET).key(PREFIX + key), RequestBody.fromBytes(object));
  }

  private void flip(int offset) {
    byte[] flipped = bytes.clone();
    flipped[offset] ^= 8;
    put(flipped);
  }

  private RawDownload range(String range) {
    return new RawDownload(gateway.port(), file, "Range: bytes=" + range);
  }

  @ParameterizedTest
  @CsvSource({
    "2400000-2900000, 2500000, in the range",
    "2400000-2900000, 2100000, in its chunk before the range",
    "2400000-2900000, 2999999, in its chunk behind the range",
    "500000-3700000, 2000000, in a chunk that is read whole",
    "500000-, 5399999, at the end of the file",
    "-700000, 4999999, in the first chunk of the last bytes"
  })
  void aWrongChunkCutsTheConnection(String range, int flipped, String where) {
    try (RawDownload honest = range(range)) {
      long announced = honest.announcedBytes();
      assertThat(honest.takeRest()).as(where).hasSize((int) announced);
    }
    flip(flipped);

    try (RawDownload download = range(range)) {
      assertThat(download.head()).startsWith("HTTP/1.1 206");
      assertThat((long) download.takeRest().length)
          .as(where)
          .isPositive()
          .isLessThan(download.announcedBytes());
    }
  }

  @Test
  void aWrongChunkElsewhereIsNoneOfTheRange() {
    flip(3_000_000);

    try (RawDownload download = range("2400000-2999999")) {
      assertThat(download.head()).startsWith("HTTP/1.1 206");
      assertThat(download.takeRest()).isEqualTo(Arrays.copyOfRange(bytes, 2_400_000, 3_000_000));
    }
  }

  @Test
  void aWrongChunkOfASmallRangeIsAProblem() {
    flip(2_950_000);

    Answer refused = gateway.as(GatewayUnderTest.ANN).get(file, "Range", "bytes=2400000-2599999");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.errorCode()).isEqualTo("storage_unavailable");
  }

  /// The whole chunk would be 900,001 bytes more.
  @Test
  void moreThanIsAllowedIsNotReadToCheck() {
    flip(2_950_000);

    try (RawDownload download = range("2400000-2499998")) {
      assertThat(download.takeRest()).isEqualTo(Arrays.copyOfRange(bytes, 2_400_000, 2_499_999));
    }
    try (RawDownload download = range("2400000-2499999")) {
      assertThat(download.head()).startsWith("HTTP/1.1 503");
    }
  }

  /// As of an upload that was completed before checksums were kept.
  @Test
  void withoutChecksumsARangeIsGivenAsItComes() {
    gateway
        .database()
        .sql("delete from chunk_checksums where upload_id = :id")
        .param("id", id)
        .update();
    flip(2_950_000);

    try (RawDownload download = range("2400000-2599999")) {
      assertThat(download.takeRest()).isEqualTo(Arrays.copyOfRange(bytes, 2_400_000, 2_600_000));
    }
  }
}
