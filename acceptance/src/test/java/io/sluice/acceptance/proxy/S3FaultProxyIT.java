package io.sluice.acceptance.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.s3.S3Server;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FaultProxyIT {

  private static final int MIB = 1 << 20;

  private static S3FaultProxy proxy;
  private static S3Client s3;
  private static S3Client direct;
  private static byte[] bytes;

  @BeforeAll
  static void start() throws Exception {
    S3Server server = EmbeddedStack.s3();
    proxy = S3FaultProxy.start(server.endpoint());
    s3 = client(server, proxy.address());
    direct = client(server, server.endpoint());
    bytes = new byte[5 * MIB];
    new Random(1).nextBytes(bytes);
  }

  private static S3Client client(S3Server server, java.net.URI address) {
    return S3Client.builder()
        .endpointOverride(address)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClientBuilder(Apache5HttpClient.builder())
        .overrideConfiguration(settings -> settings.retryStrategy(retry -> retry.maxAttempts(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
        .build();
  }

  @AfterAll
  static void stop() throws Exception {
    s3.close();
    direct.close();
    proxy.close();
  }

  @BeforeEach
  void heal() {
    proxy.faults().heal();
  }

  private static void put(S3Client client, String key) {
    client.putObject(
        request -> request.bucket(S3Server.BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  private static byte[] get(S3Client client, String key) {
    return client
        .getObjectAsBytes(request -> request.bucket(S3Server.BUCKET).key(key))
        .asByteArray();
  }

  private static boolean exists(String key) {
    return !direct
        .listObjectsV2(request -> request.bucket(S3Server.BUCKET).prefix(key))
        .contents()
        .isEmpty();
  }

  @Test
  void withoutFaultsItIsNotThere() {
    put(s3, "plain");

    assertThat(get(s3, "plain")).isEqualTo(bytes);
  }

  @Test
  void aRefusedRequestHasNoEffect() {
    proxy.faults().next(S3Operation.PUT_OBJECT, S3Fault.SLOW_DOWN);

    assertThatThrownBy(() -> put(s3, "refused"))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(503));
    assertThat(exists("refused")).isFalse();
  }

  static List<StoreAnswer> refusals() {
    return Refusals.ALL;
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void everyRefusalReachesItsClientAndHasNoEffect(StoreAnswer answer) {
    proxy.faults().refuse(Refusal.ofEverything(answer));

    assertThatThrownBy(() -> put(s3, "no"))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(answer.status()));
    assertThatThrownBy(() -> s3.headObject(head -> head.bucket(S3Server.BUCKET).key("no")))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(answer.status()));
    assertThat(exists("no")).isFalse();
  }

  @Test
  void whatIsRefusedUntilItIsHealedOutlivesOtherFaults() {
    proxy.faults().refuseUntilHealed(Refusal.ofWrites(StoreAnswer.html(413, "Too Large")));
    proxy.faults().calm();

    assertThatThrownBy(() -> put(s3, "standing")).isInstanceOf(S3Exception.class);
    assertThat(exists("standing")).isFalse();
    assertThatThrownBy(() -> get(s3, "standing")).isInstanceOf(NoSuchKeyException.class);
    proxy.faults().heal();

    put(s3, "standing");
    assertThat(get(s3, "standing")).isEqualTo(bytes);
  }

  @Test
  void aSwallowedReplyHasItsEffect() {
    proxy.faults().next(S3Operation.PUT_OBJECT, new S3Fault.SwallowReply());

    assertThatThrownBy(() -> put(s3, "swallowed")).isInstanceOf(SdkException.class);
    assertThat(get(direct, "swallowed")).isEqualTo(bytes);
  }

  @Test
  void aReplayedRequestReachesTheStoreTwice() {
    proxy.faults().next(S3Operation.PUT_OBJECT, new S3Fault.Replay());

    put(s3, "replayed");

    assertThat(get(direct, "replayed")).isEqualTo(bytes);
    assertThat(proxy.faults().counts()).containsKey("PUT_OBJECT Replay");
  }

  @Test
  void aHeldRequestArrivesWhenItIsLetGo() {
    CountDownLatch release = new CountDownLatch(1);
    proxy.faults().next(S3Operation.PUT_OBJECT, new S3Fault.Hold(release));

    assertThatThrownBy(() -> put(s3, "held")).isInstanceOf(SdkException.class);
    assertThat(exists("held")).isFalse();
    release.countDown();

    await().until(() -> exists("held"));
    assertThat(get(direct, "held")).isEqualTo(bytes);
  }

  @Test
  void aFlippedAnswerHasTheRightLengthAndOneWrongByte() {
    put(s3, "flipped");
    proxy.faults().next(S3Operation.GET_OBJECT, new S3Fault.Flip());

    byte[] received;
    try {
      received = get(s3, "flipped");
    } catch (SdkException checked) {
      // The SDK compares a checksum where the store sends one.
      assertThat(checked).hasMessageContaining("hecksum");
      return;
    }
    assertThat(received).hasSameSizeAs(bytes).isNotEqualTo(bytes);
  }

  @Test
  void aTruncatedAnswerEndsEarly() {
    put(s3, "truncated");
    proxy.faults().next(S3Operation.GET_OBJECT, new S3Fault.Truncate());

    assertThatThrownBy(() -> get(s3, "truncated")).isInstanceOf(SdkException.class);
  }

  @Test
  void completingMayLieBothWays() {
    String first = begin("lies");
    CompletedPart part = uploadPart("lies", first);
    proxy
        .faults()
        .next(
            S3Operation.COMPLETE_MULTIPART_UPLOAD,
            new S3Fault.ErrorInside200("InternalError"),
            new S3Fault.LieAfterEffect(404, "NoSuchUpload"));

    assertThatThrownBy(() -> complete("lies", first, part)).isInstanceOf(S3Exception.class);
    assertThat(exists("lies")).isFalse();
    assertThatThrownBy(() -> complete("lies", first, part))
        .isInstanceOf(NoSuchUploadException.class);
    assertThat(get(direct, "lies")).isEqualTo(bytes);
  }

  private static String begin(String key) {
    return s3.createMultipartUpload(request -> request.bucket(S3Server.BUCKET).key(key)).uploadId();
  }

  private static CompletedPart uploadPart(String key, String uploadId) {
    String etag =
        s3.uploadPart(
                request ->
                    request.bucket(S3Server.BUCKET).key(key).uploadId(uploadId).partNumber(1),
                RequestBody.fromBytes(bytes))
            .eTag();
    return CompletedPart.builder().partNumber(1).eTag(etag).build();
  }

  private static void complete(String key, String uploadId, CompletedPart part) {
    s3.completeMultipartUpload(request ->
        request
            .bucket(S3Server.BUCKET)
            .key(key)
            .uploadId(uploadId)
            .multipartUpload(upload -> upload.parts(part)));
  }
}
