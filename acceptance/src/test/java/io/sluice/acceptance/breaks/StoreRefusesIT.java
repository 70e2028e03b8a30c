package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.proxy.Refusal;
import io.sluice.acceptance.proxy.S3Operation;
import io.sluice.acceptance.proxy.StoreAnswer;
import io.sluice.acceptance.workload.Administrator;
import io.sluice.acceptance.workload.ManualUpload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A store that says no, and means it for as long as it likes.
@ExtendWith(HealedAndAudited.class)
class StoreRefusesIT {

  private static final Duration ENOUGH = Duration.ofSeconds(40);
  private static final Duration A_WHILE = Duration.ofSeconds(8);

  private final Running running;
  private final Administrator administrator;

  StoreRefusesIT() throws IOException {
    running = Running.system();
    administrator = running.administrator();
  }

  @Test
  @Row("the store refuses, with any status, one object, all writes or everything")
  void aFileWhoseWriteIsRefusedIsReadableAllTheWhileAndGoesOnByItself() throws Exception {
    running
        .s3()
        .refuse(
            Refusal.of(S3Operation.PUT_OBJECT, StoreAnswer.html(413, "Request Entity Too Large")));

    ManualUpload file = running.file(2 << 20);

    awaitParked(file);
    int asked = running.s3().requests(S3Operation.PUT_OBJECT);
    await().atMost(ENOUGH).until(() -> running.s3().requests(S3Operation.PUT_OBJECT) >= asked + 2);
    assertThat(file.state()).isEqualTo("COMPLETING");
    assertThat(file.downloadsIdentical()).isTrue();
    assertThat(administrator.deadLettersOf(file.id())).hasSize(1);
    goesOn(file);
  }

  static List<StoreAnswer> refusals() {
    return List.of(
        StoreAnswer.xml(400, "KMS.DisabledException"),
        StoreAnswer.html(404, "Not Found"),
        StoreAnswer.empty(412));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @Row("the store refuses, with any status, one object, all writes or everything")
  void anUploadWhoseWritesAreRefusedIsParkedAndGoesOnByItself(StoreAnswer answer) throws Exception {
    running.s3().refuse(Refusal.ofWrites(answer));
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    assertThat(upload.complete("respond-async").status()).isEqualTo(202);

    awaitParked(upload);

    assertThat(upload.state()).isEqualTo("COMPLETING");
    assertThat(running.chunks(upload.id()))
        .hasSize(2)
        .allSatisfy(chunk -> assertThat(chunk.status()).isEqualTo("STAGED"));
    goesOn(upload);
  }

  static List<StoreAnswer> turnedAway() {
    return List.of(
        StoreAnswer.xml(403, "AccessDenied"), StoreAnswer.redirect(301, "http://127.0.0.1:1/"));
  }

  /// Whether such a store counts as one that refuses or as one that is away is the worker's affair.
  @ParameterizedTest
  @MethodSource("turnedAway")
  @Row("the store refuses, with any status, one object, all writes or everything")
  void aStoreThatTurnsEverybodyAwayEndsNothing(StoreAnswer answer) throws Exception {
    running.s3().refuse(Refusal.ofWrites(answer));
    int asked = running.s3().requests(S3Operation.CREATE_MULTIPART_UPLOAD);
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    assertThat(upload.complete("respond-async").status()).isEqualTo(202);
    await()
        .atMost(ENOUGH)
        .until(() -> running.s3().requests(S3Operation.CREATE_MULTIPART_UPLOAD) > asked);

    await()
        .during(A_WHILE)
        .atMost(ENOUGH)
        .until(() -> upload.state().equals("COMPLETING") && upload.missing().isEmpty());

    goesOn(upload);
  }

  @Test
  @Row("the store refuses, with any status, one object, all writes or everything")
  void noAcknowledgedChunkIsAskedForAgainWhileTheStoreFindsNothing() throws Exception {
    ManualUpload upload = running.upload(3);
    assertThat(upload.send(0).status()).isEqualTo(202);
    await().atMost(ENOUGH).until(() -> upload.storedChunks() == 1);
    running.s3().refuse(Refusal.ofEverything(StoreAnswer.html(404, "Not Found")));
    assertThat(upload.send(1).status()).isEqualTo(202);

    await()
        .during(A_WHILE)
        .atMost(ENOUGH)
        .untilAsserted(() -> assertThat(upload.missing()).containsExactly(2));

    assertThat(upload.state()).isEqualTo("IN_PROGRESS");
    running.s3().heal();
    assertThat(upload.send(2).status()).isEqualTo(202);
    assertThat(upload.complete("wait=30").status()).isIn(200, 202);
    goesOn(upload);
  }

  private void awaitParked(ManualUpload upload) throws Exception {
    await().atMost(ENOUGH).until(() -> !administrator.deadLettersOf(upload.id()).isEmpty());
    assertThat(administrator.parkedJobs()).isPositive();
  }

  /// Nobody calls for it.
  private void goesOn(ManualUpload upload) throws Exception {
    running.s3().heal();

    await().atMost(ENOUGH).until(() -> running.row(upload.id()).isCompleted());
    await().atMost(ENOUGH).until(() -> administrator.deadLettersOf(upload.id()).isEmpty());
    assertThat(upload.downloadsIdentical()).isTrue();
  }
}
