package io.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.PartLimits;
import io.sluice.storage.contract.Bodies;
import io.sluice.storage.local.LocalStagingStore;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.object.StoredObject;
import io.sluice.storage.object.StoredPart;
import io.sluice.storage.s3.ScriptedS3.Answer;
import io.sluice.storage.s3.ScriptedS3.Asked;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagingFullException;
import io.sluice.storage.staging.StagingKey;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes over the wire to S3, and what its answers are taken for.
class S3WireIT {

  private static final String MULTIPART = "multipart-1";

  @TempDir Path temporary;
  private final UUID upload = UUID.randomUUID();
  private final byte[] bytes = Bodies.bytes(1, 6 << 20);
  private final ScriptedS3 server = new ScriptedS3();
  private final S3Connection connection = server.connect(S3Endpoint.Checksums.FULL_OBJECT);
  private StagingStore staging;
  private ObjectStore objects;

  S3WireIT() throws IOException {}

  @BeforeEach
  void stageInADirectory() throws IOException {
    staging = new LocalStagingStore(temporary, 0);
    objects = objects(S3Encryption.BUCKET_DEFAULT, staging);
  }

  @AfterEach
  void stop() {
    connection.close();
    server.close();
  }

  @Test
  void aPartIsSentOnceWithItsChecksumInFrontAndNothingElseDigested() throws IOException {
    server.willAnswer(Answer.ok(Map.of("ETag", "\"part\"")));

    StoredPart stored = objects.storePart(object(), Optional.of(MULTIPART), stagedPart());

    assertThat(stored.etag()).isEqualTo("\"part\"");
    Asked put = server.asked().getFirst();
    assertThat(server.asked()).hasSize(1);
    assertThat(put.method()).isEqualTo("PUT");
    assertThat(put.uri().getQuery()).contains("partNumber=1", "uploadId=" + MULTIPART);
    assertThat(put.header("x-amz-checksum-crc32c")).isEqualTo(Crc32cText.of(Bodies.crc32c(bytes)));
    assertThat(put.header("x-amz-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
    assertThat(put.header("Expect")).isNull();
    assertThat(put.header("Content-Encoding")).isNull();
    assertThat(put.header("Content-Length")).isEqualTo(String.valueOf(bytes.length));
    assertThat(put.header("Authorization")).contains("x-amz-checksum-crc32c");
    assertThat(put.body()).isEqualTo(bytes);
  }

  @Test
  void completingSaysWhatTheWholeShouldBe() throws IOException {
    server.willAnswer(
        Answer.of(
            200,
            "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>"));
    byte[] second = Bodies.bytes(2, 1000);

    objects.complete(
        object(),
        MULTIPART,
        List.of(
            new StoredPart(1, "\"b\"", second.length, Bodies.crc32c(second)),
            new StoredPart(0, "\"a\"", bytes.length, Bodies.crc32c(bytes))));

    byte[] both = new byte[bytes.length + second.length];
    System.arraycopy(bytes, 0, both, 0, bytes.length);
    System.arraycopy(second, 0, both, bytes.length, second.length);
    Asked post = server.asked().getFirst();
    assertThat(post.header("x-amz-checksum-crc32c")).isEqualTo(Crc32cText.of(Bodies.crc32c(both)));
    assertThat(post.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
    assertThat(new String(post.body(), StandardCharsets.UTF_8))
        .containsSubsequence("<PartNumber>1<", "<PartNumber>2<");
  }

  @Test
  void partsWithOtherTagsAreCompletedByTheTagsThatTheyHave() throws IOException {
    StoredPart stored = aStoredPart();
    server.willAnswer(
        Answer.error(400, "InvalidPart"),
        Answer.of(200, listed("\"encrypted-anew\"", stored.sizeBytes(), stored.crc32c())),
        Answer.of(
            200,
            "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>"));

    objects.complete(object(), MULTIPART, List.of(stored));

    assertThat(server.asked()).extracting(Asked::method).containsExactly("POST", "GET", "POST");
    assertThat(bodyOf(server.asked().getFirst())).doesNotContain("encrypted-anew");
    assertThat(bodyOf(server.asked().getLast())).contains("encrypted-anew");
  }

  @Test
  void partsThatHoldOtherBytesAreNotCompleted() {
    StoredPart stored = aStoredPart();
    List<String> others =
        List.of(
            listed("\"other\"", stored.sizeBytes() + 1, stored.crc32c()),
            listed("\"other\"", stored.sizeBytes(), stored.crc32c() + 1),
            "<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>");
    for (String other : others) {
      server.willAnswer(Answer.error(400, "InvalidPart"), Answer.of(200, other));

      assertThatThrownBy(() -> objects.complete(object(), MULTIPART, List.of(stored)))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("InvalidPart");
    }
    assertThat(server.asked()).as("completed again").hasSize(2 * others.size());
  }

  private static String listed(String etag, long sizeBytes, int crc32c) {
    return """
    <ListPartsResult><IsTruncated>false</IsTruncated><Part><PartNumber>1</PartNumber>
    <ETag>%s</ETag><Size>%d</Size><ChecksumCRC32C>%s</ChecksumCRC32C></Part></ListPartsResult>
    """
        .formatted(etag, sizeBytes, Crc32cText.of(crc32c));
  }

  private static String bodyOf(Asked asked) {
    return new String(asked.body(), StandardCharsets.UTF_8);
  }

  /// A proxy with a limit, as nginx answers.
  @Test
  void aFileThatIsTooLargeForOneRequestIsPutInParts() throws IOException {
    Answer etag = Answer.ok(Map.of("ETag", "\"part\""));
    server.willAnswer(
        new Answer(413, Map.of("Content-Type", "text/html"), "<html>413</html>", -1),
        Answer.of(
            200,
            "<InitiateMultipartUploadResult><UploadId>split</UploadId></InitiateMultipartUploadResult>"),
        etag,
        etag,
        Answer.of(
            200,
            "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>"),
        Answer.ok(Map.of("ETag", "\"whole-2\"", "Content-Length", String.valueOf(bytes.length))));

    StoredObject stored = objects.storeWhole(object(), stagedPart());

    assertThat(stored.sizeBytes()).isEqualTo(bytes.length);
    assertThat(stored.crc32c()).contains(Bodies.crc32c(bytes));
    assertThat(server.asked())
        .extracting(Asked::method)
        .containsExactly("PUT", "POST", "PUT", "PUT", "POST", "HEAD");
    assertThat(server.asked().get(2).body()).hasSize(5 << 20);
    assertThat(server.asked().get(3).body()).hasSize(1 << 20);
    assertThat(server.asked().get(4).header("x-amz-checksum-crc32c"))
        .isEqualTo(Crc32cText.of(Bodies.crc32c(bytes)));
  }

  /// A page of an ingress or of a portal: it says 200 to everything and keeps nothing.
  @Test
  void aPageThatSays200HasStoredNothing() throws IOException {
    Answer page = new Answer(200, Map.of("Content-Type", "text/html"), "<html>Welcome</html>", -1);
    server.willAnswer(page, page, page, page);

    assertThatThrownBy(() -> objects.storeWhole(object(), stagedPart()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> objects.storePart(object(), Optional.of(MULTIPART), stagedPart()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> objects.begin(object())).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(objects::probe).isInstanceOf(StoreUnavailableException.class);
    assertThat(server.asked()).as("each at its first answer").hasSize(4);
  }

  /// A bucket over its quota, or one whose key is switched off, answers and takes nothing.
  @Test
  void aProbeGivesTheBucketAsManyBytesAsItIsToldTo() throws IOException {
    server.willAnswer(Answer.ok(Map.of("ETag", "\"probe\"")));

    objects.probe(100_000);

    assertThat(server.asked()).extracting(Asked::method).containsExactly("PUT");
    assertThat(server.asked().getFirst().body()).hasSize(100_000);
  }

  /// nginx gives its static pages a tag.
  @Test
  void aPageWithATagIsNotBelievedEither() throws IOException {
    Answer page =
        new Answer(
            200,
            Map.of("Content-Type", "text/html", "ETag", "\"65a1b2c3-1f4\""),
            "<html>Welcome</html>",
            -1);
    server.willAnswer(page, Answer.error(404, "NoSuchKey"), page, page);

    assertThatThrownBy(() -> objects.storeWhole(object(), stagedPart()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> objects.storePart(object(), Optional.of(MULTIPART), stagedPart()))
        .as("an empty listing that is none")
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void anErrorInAnAnswerOf200IsAnError() throws IOException {
    server.willAnswer(Answer.error(200, "InternalError"));

    assertThatThrownBy(() -> objects.complete(object(), MULTIPART, List.of(aStoredPart())))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(server.asked()).as("and is not tried again in here").hasSize(1);
  }

  @Test
  void anUploadThatIsGoneIsToldApart() throws IOException {
    server.willAnswer(Answer.error(404, "NoSuchUpload"), Answer.error(404, "NoSuchUpload"));
    StagedPart part = stagedPart();

    assertThatThrownBy(() -> objects.complete(object(), MULTIPART, List.of(aStoredPart())))
        .isInstanceOf(MultipartGoneException.class);
    assertThatThrownBy(() -> objects.storePart(object(), Optional.of(MULTIPART), part))
        .isInstanceOf(MultipartGoneException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "503,SlowDown,throttled",
    "429,TooManyRequests,throttled",
    "500,InternalError,unavailable",
    "503,ServerBusy,unavailable",
    "403,AccessDenied,refused",
    "401,Unauthorized,refused",
    "301,PermanentRedirect,refused",
    "400,KMS.DisabledException,refused",
    "413,,refused",
    "408,,unavailable",
    "400,ExpiredToken,unavailable",
    "404,NoSuchBucket,refused",
    "400,BadDigest,unavailable",
    "400,RequestTimeout,unavailable",
    "400,EntityTooLarge,refused",
    "400,InvalidArgument,refused",
    "501,NotImplemented,refused",
  })
  void failuresAreNamed(int status, String code, String name) throws IOException {
    server.willAnswer(Answer.error(status, code));
    StagedPart part = stagedPart();

    assertThatThrownBy(() -> objects.storePart(object(), Optional.of(MULTIPART), part))
        .isInstanceOf(
            name.equals("refused") ? StoreRefusedException.class : StoreUnavailableException.class)
        .satisfies(failure ->
            assertThat(
                    failure instanceof StoreUnavailableException unavailable
                        && unavailable.isThrottled())
                .isEqualTo(name.equals("throttled")));

    assertThat(server.asked()).as("tried once").hasSize(1);
  }

  @Test
  void aStoreThatIsNotThereIsUnavailable() throws IOException {
    server.close();
    StagedPart part = stagedPart();

    assertThatThrownBy(() -> objects.storePart(object(), Optional.of(MULTIPART), part))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(objects::probe).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void aReadThatComesShortThrows() throws IOException {
    server.willAnswer(
        new Answer(206, Map.of(), "only this", 6 << 20), new Answer(206, Map.of(), "short", 5));

    assertThatThrownBy(() -> Bodies.drain(objects.read(object(), 0, bytes.length)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> Bodies.drain(objects.read(object(), 0, bytes.length)))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void anAbortGoesOnUntilThePartsCanNoLongerBeAskedFor() throws IOException {
    server.willAnswer(
        Answer.of(204, ""),
        Answer.of(200, "<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>"),
        Answer.of(204, ""),
        Answer.error(404, "NoSuchUpload"));

    objects.abort(
        new io.sluice.storage.object.OpenMultipart(
            object().objectKey(), MULTIPART, java.time.Instant.EPOCH));

    assertThat(server.asked())
        .extracting(Asked::method)
        .containsExactly("DELETE", "GET", "DELETE", "GET");
  }

  @Test
  void anObjectIsPutOnlyWhereThereIsNoneAndTheOneThatIsThereDecides() throws IOException {
    String crc = Crc32cText.of(Bodies.crc32c(bytes));
    Map<String, String> same =
        Map.of("ETag", "\"e\"", "x-amz-checksum-crc32c", crc, "Content-Length", "" + bytes.length);
    Map<String, String> other =
        Map.of(
            "ETag",
            "\"e\"",
            "x-amz-checksum-crc32c",
            "AAAAAA==",
            "Content-Length",
            "" + bytes.length);
    server.willAnswer(
        Answer.error(412, "PreconditionFailed"),
        Answer.ok(same),
        Answer.error(412, "PreconditionFailed"),
        Answer.ok(other));
    StagedPart part = stagedPart();

    assertThat(objects.storeWhole(object(), part).etag()).isEqualTo("e");
    assertThatThrownBy(() -> objects.storeWhole(object(), part))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("other bytes");

    assertThat(server.asked().getFirst().header("If-None-Match")).isEqualTo("*");
  }

  @Test
  void aServiceWithoutConditionsIsTakenAsItIs() throws IOException {
    server.willAnswer(
        Answer.error(501, "NotImplemented"),
        Answer.ok(Map.of("ETag", "\"e\"")),
        Answer.ok(Map.of("ETag", "\"e\"")));
    StagedPart part = stagedPart();

    objects.storeWhole(object(), part);
    objects.storeWhole(object(), part);

    assertThat(server.asked()).hasSize(3);
    assertThat(server.asked().get(2).header("If-None-Match")).isNull();
  }

  @Test
  void encryptionIsAskedForWhereObjectsAreMade() throws IOException {
    server.willAnswer(
        Answer.of(
            200,
            "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"),
        Answer.ok(Map.of("ETag", "\"e\"")));
    ObjectStore encrypted =
        objects(
            new S3Encryption(Optional.of(S3Encryption.Algorithm.KMS), Optional.of("key-1")),
            staging);

    encrypted.begin(object());
    encrypted.storeWhole(object(), stagedPart());

    for (Asked asked : server.asked()) {
      assertThat(asked.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
      assertThat(asked.header("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("key-1");
    }
  }

  @Test
  void aPartThatStagingVouchesForIsCopiedByTheService() throws IOException {
    StagedBytes staged = inS3();
    String crc = Crc32cText.of(staged.digest().crc32c());
    server.willAnswer(kept(crc), copied(crc));

    StoredPart stored =
        copying().storePart(object(), Optional.of(MULTIPART), new StagedPart(0, List.of(staged)));

    assertThat(stored.etag()).isEqualTo("\"p\"");
    Asked copy = server.asked().get(1);
    assertThat(copy.header("x-amz-copy-source")).isEqualTo("staging/s/" + staged.stagingKey());
    assertThat(copy.header("x-amz-copy-source-if-match")).isEqualTo("\"s\"");
    assertThat(copy.body()).isEmpty();
  }

  @Test
  void aCopyOfOtherBytesIsNoSuccess() {
    StagedPart part = new StagedPart(0, List.of(inS3()));
    Answer noParts =
        Answer.of(200, "<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>");
    Answer noObject = Answer.error(404, "NoSuchKey");
    server.willAnswer(
        kept(Crc32cText.of(Bodies.crc32c(bytes))),
        copied("AAAAAA=="),
        noParts,
        noObject,
        kept("AAAAAA=="),
        noParts,
        noObject);

    assertThatThrownBy(() -> copying().storePart(object(), Optional.of(MULTIPART), part))
        .as("the copy has other bytes")
        .isInstanceOf(StagedBytesDamagedException.class);
    assertThatThrownBy(() -> copying().storePart(object(), Optional.of(MULTIPART), part))
        .as("the source has other bytes")
        .isInstanceOf(StagedBytesDamagedException.class);
  }

  private ObjectStore copying() {
    return objects(
        S3Encryption.BUCKET_DEFAULT, new S3StagingStore(new S3Bucket(connection, "staging", "s/")));
  }

  private Answer kept(String crc32c) {
    return Answer.ok(
        Map.of(
            "ETag", "\"s\"", "x-amz-checksum-crc32c", crc32c, "Content-Length", "" + bytes.length));
  }

  private static Answer copied(String crc32c) {
    return Answer.of(
        200,
        "<CopyPartResult><ETag>\"p\"</ETag><ChecksumCRC32C>%s</ChecksumCRC32C></CopyPartResult>"
            .formatted(crc32c));
  }

  @Test
  void aServiceThatKnowsNoChecksumsIsSentNone() throws IOException {
    try (S3Connection plain = server.connect(S3Endpoint.Checksums.NONE)) {
      server.willAnswer(
          Answer.ok(Map.of("ETag", "\"a\"")),
          Answer.ok(Map.of("ETag", "\"b\"")),
          Answer.ok(Map.of("ETag", "\"c\"")));
      StagingStore s3 = new S3StagingStore(new S3Bucket(plain, "staging", ""));
      s3.stage(StageRequest.exactly(upload, 0, bytes.length, false), Bodies.of(bytes));
      s3.stage(StageRequest.exactly(upload, 0, 10, false), Bodies.of(new byte[10]));
      new S3ObjectStore(new S3Bucket(plain, "b", ""), S3Encryption.BUCKET_DEFAULT, staging)
          .storePart(object(), Optional.of(MULTIPART), stagedPart());

      for (Asked asked : server.asked()) {
        assertThat(asked.headers().keySet())
            .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("checksum"))
            .noneMatch(name -> name.equalsIgnoreCase("x-amz-trailer"));
      }
      assertThat(server.asked().getFirst().body()).isEqualTo(bytes);
    }
  }

  @Test
  void stagingThatHasNoRoomSaysSo() {
    server.willAnswer(Answer.error(507, "InsufficientStorage"));
    StagingStore s3 = new S3StagingStore(new S3Bucket(connection, "staging", ""));

    assertThatThrownBy(
            () -> s3.stage(StageRequest.exactly(upload, 0, 10, false), Bodies.of(new byte[10])))
        .isInstanceOf(StagingFullException.class);
  }

  /// The service kept other bytes than passed by on their way to it.
  @Test
  void stagedBytesThatTheServiceKeptWronglyAreNotAcknowledged() {
    server.willAnswer(
        Answer.ok(Map.of("ETag", "\"e\"", "x-amz-checksum-crc32c", "AAAAAA==")),
        Answer.of(204, ""));
    StagingStore s3 = new S3StagingStore(new S3Bucket(connection, "staging", ""));

    assertThatThrownBy(
            () -> s3.stage(StageRequest.exactly(upload, 0, bytes.length, false), Bodies.of(bytes)))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(server.asked()).extracting(Asked::method).containsExactly("PUT", "DELETE");
  }

  private StagedBytes inS3() {
    return new StagedBytes(
        StagingKey.next(upload, 0).toString(),
        new io.sluice.storage.checksum.ByteDigest(
            bytes.length, Bodies.crc32c(bytes), Bodies.crc32(bytes), null));
  }

  private StagedPart stagedPart() throws IOException {
    return new StagedPart(
        0,
        List.of(
            staging.stage(StageRequest.exactly(upload, 0, bytes.length, false), Bodies.of(bytes))));
  }

  private ObjectRef object() {
    return new ObjectRef(
        ObjectKeys.forUpload(upload),
        ChunkPlan.of(bytes.length, bytes.length, PartLimits.S3),
        "text/plain");
  }

  private StoredPart aStoredPart() {
    return new StoredPart(0, "\"a\"", bytes.length, Bodies.crc32c(bytes));
  }

  private ObjectStore objects(S3Encryption encryption, StagingStore from) {
    return new S3ObjectStore(new S3Bucket(connection, "objects", "o/"), encryption, from);
  }
}
